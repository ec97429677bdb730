namespace Picket.Training.Augmentation;

/// <summary>
/// Synonyms from a WordNet database in its published file format (wndb(5WN)): the words of all synsets of a word and of its base forms
/// (morphy(7WN)), nouns first, then verbs, adjectives and adverbs, by sense. Immutable; safe to use from several threads at once.
/// </summary>
public sealed class WordNet : ISynonyms
{
    /// <summary>Where Debian's package wordnet-base puts the database.</summary>
    public const string DefaultFolder = "/usr/share/wordnet";

    private readonly WordNetPart[] _parts;

    private WordNet(WordNetPart[] parts) => _parts = parts;

    /// <summary>Reads a database into memory: about 40 MB for WordNet 3.0.</summary>
    /// <param name="folder">Holds index.* and data.* for noun, verb, adj and adv; the exception lists *.exc may be absent.</param>
    /// <exception cref="PicketException">A file is absent, or a line is not in the format.</exception>
    public static WordNet Load(string folder = DefaultFolder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new PicketException(
                $"{folder}: expected a folder with a WordNet database, found none (Debian's package wordnet-base puts one into {DefaultFolder})");
        }

        return new WordNet([.. WordNetPart.Names.Select(name => WordNetPart.Read(folder, name))]);
    }

    /// <inheritdoc/>
    /// <exception cref="PicketException">The database's index points at no synset.</exception>
    public IReadOnlyList<string> Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        string lemma = word.ToLowerInvariant().Replace(' ', '_');
        var synonyms = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { lemma };
        foreach (WordNetPart part in _parts)
        {
            foreach (string member in part.FormsOf(lemma).SelectMany(part.MembersOf))
            {
                if (seen.Add(member))
                {
                    synonyms.Add(member.Replace('_', ' '));
                }
            }
        }

        return synonyms;
    }
}
