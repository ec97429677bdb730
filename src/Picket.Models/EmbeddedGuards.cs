using Picket.Models.Bundles;

namespace Picket.Models;

/// <summary>The guards that come with Picket: bundles in the folder <c>models</c> beside the program.</summary>
public static class EmbeddedGuards
{
    /// <summary>The small one: hashed n-grams, microseconds an input.</summary>
    public const string NGram = "ngram";

    /// <summary>
    /// The large one, where a bundle of that name lies beside the other. None comes with Picket: those that were trained for it are no better
    /// than the small one on sources that neither saw (docs/training.md).
    /// </summary>
    public const string Transformer = "transformer";

    /// <summary>Those that are there, the smallest first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [NGram, .. new[] { Transformer }.Where(static name => File.Exists(Path.Combine(Folder(name), GuardManifest.FileName)))];

    /// <summary>The folder of the bundle of that name.</summary>
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);

    /// <summary>The folder that <paramref name="place"/> names: a folder, which goes before an embedded guard of its name, or such a guard.</summary>
    public static string Resolve(string place) => Names.Contains(place) && !Directory.Exists(place) ? Folder(place) : place;
}
