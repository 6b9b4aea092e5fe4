namespace Seidra.Sandbox.Data;

/// <summary>The words that Classic's French-speaking people use.</summary>
internal static class Words
{
    public static readonly string[] FirstNames =
    [
        "Marie", "Camille", "Léa", "Chloé", "Zoé", "Inès", "Anaïs", "Maëlle", "Noémie", "Agnès", "Jérôme", "Loïc", "François",
        "Benoît", "Théo", "Raphaël", "Gaël", "Mickaël", "Étienne", "Célestin", "Aïcha", "Fatou", "Björn", "Łukasz", "José",
    ];

    public static readonly string[] LastNames =
    [
        "Dupont", "Martin", "Bernard", "Lefèvre", "Gonçalves", "Moreau", "Müller", "Hébert", "Peña", "Garçon", "Châtelain",
        "Noël", "Béranger", "Thévenet", "Rousseau", "D’Artagnan", "O’Brien", "Nguyễn", "Traoré", "Kowalska",
    ];

    public static readonly string[] Subjects =
    [
        "Portrait d'une héroïne à l'aube", "Chat noir sur un toit de zinc", "Dragon au-dessus de la mer", "Garçon dans la forêt",
        "Cathédrale engloutie", "Marché provençal", "Astronaute au café", "Sirène près du phare", "Vieux luthier à l'établi",
        "Jardin japonais sous la neige", "Façade Art nouveau", "Bibliothèque infinie", "Danseuse de flamenco", "Nature morte aux coings",
    ];

    public static readonly string[] Styles =
    [
        "lumière dorée, très détaillé", "huile sur toile, façon maître flamand", "aquarelle légère, papier grainé",
        "cyberpunk 東京, néons et pluie", "масло на холсте, холодные тона", "objectif 85mm, f/1.4, brouillard volumétrique",
        "encre de Chine, \"trait\" vif -- 100 % à la main", "chef-d'œuvre, cœur naïf, été", "pastel sec \\ estompe, clair-obscur",
    ];

    public static readonly string[] Negatives = ["flou, mains ratées", "", "texte, filigrane", "basse qualité, visage déformé"];

    public static readonly string[] Models = ["sdxl-base", "sd-1.5", "flux-dev", "sadtalker"];

    public static readonly string[] Tags = ["été", "portrait", "galerie", "brouillon", "noël", "client", "à revoir"];

    public static readonly string[] Errors = ["CUDA out of memory", "Modèle introuvable : « sdxl-base »", "Délai dépassé (120 s)"];
}
