using System.Runtime.Versioning;

[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: UnsupportedOSPlatform("windows")]
