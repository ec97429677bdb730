namespace Picket.Training.Augmentation;

/// <summary>Words that can stand for another.</summary>
public interface ISynonyms
{
    /// <summary>The synonyms of a word in lower case, each once and without the word itself, in an order that does not change; may be none.</summary>
    IReadOnlyList<string> Of(string word);
}
