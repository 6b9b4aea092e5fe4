namespace Seidra.Sandbox;

/// <summary>Where the world's parts are to be found. Holds no secret: URLs are without passwords.</summary>
/// <param name="DoorUrl">The front door that clients use.</param>
/// <param name="DoorAdminUrl">The front door's admin API (needs the token in the settings file).</param>
/// <param name="ClassicUrl">Classic's own address.</param>
/// <param name="UltimateUrl">The address at which the door expects Ultimate's production.</param>
/// <param name="StagingUrl">The address of Ultimate's staging.</param>
/// <param name="ClassicDatabaseUrl">Classic's database.</param>
/// <param name="ClassicMediaUrl">Classic's media, <c>file://</c> or <c>s3://</c>.</param>
/// <param name="UltimateDatabaseUrl">Ultimate's database.</param>
/// <param name="UltimateMediaDirectory">Ultimate's media folder.</param>
public sealed record WorldEndpoints(
    string DoorUrl,
    string DoorAdminUrl,
    string ClassicUrl,
    string UltimateUrl,
    string StagingUrl,
    string ClassicDatabaseUrl,
    string ClassicMediaUrl,
    string UltimateDatabaseUrl,
    string UltimateMediaDirectory);
