namespace Picket.Training.Augmentation;

/// <summary>Drops texts as they come. Not safe for several threads at once.</summary>
/// <remarks>
/// What a filter knows follows from the texts that it has let pass and from their order alone: one that is given those again, as a journal
/// holds them, goes on as if it had never stopped.
/// </remarks>
public interface ITextFilter
{
    /// <summary>Looks at a text, and remembers it where it passes.</summary>
    /// <param name="id">Names the text in later hits.</param>
    /// <param name="text">The text, as it came.</param>
    /// <returns>Why the text is to be dropped; <see langword="null"/> where it passes.</returns>
    FilterHit? Add(string id, string text);
}
