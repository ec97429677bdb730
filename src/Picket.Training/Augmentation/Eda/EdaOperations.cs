namespace Picket.Training.Augmentation;

/// <summary>The four operations of Wei and Zou 2019, section 2, each on the words of a text in place.</summary>
internal static class EdaOperations
{
    /// <summary>Replaces up to <paramref name="count"/> different words, wherever they stand, each by one of its synonyms.</summary>
    public static void Replace(List<string> words, int count, ISynonyms synonyms, EdaRandom random)
    {
        foreach (string word in Candidates(words, random))
        {
            IReadOnlyList<string> choice = synonyms.Of(word);
            if (choice.Count == 0)
            {
                continue;
            }

            string synonym = choice[random.Below(choice.Count)];
            for (int i = 0; i < words.Count; i++)
            {
                words[i] = LetteredWord.Of(words[i]) is var found && found.Lower == word ? found.With(synonym) : words[i];
            }

            if (--count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Inserts <paramref name="count"/> times a synonym of a random word at a random place.</summary>
    public static void Insert(List<string> words, int count, ISynonyms synonyms, EdaRandom random)
    {
        for (int i = 0; i < count; i++)
        {
            IReadOnlyList<string>? choice = Candidates(words, random).Select(synonyms.Of).FirstOrDefault(static found => found.Count > 0);
            if (choice is not null)
            {
                words.Insert(random.Below(words.Count + 1), choice[random.Below(choice.Count)]);
            }
        }
    }

    /// <summary>Swaps <paramref name="count"/> times two words; a single word stays.</summary>
    public static void Swap(List<string> words, int count, EdaRandom random)
    {
        for (int i = 0; i < count && words.Count > 1; i++)
        {
            int one = random.Below(words.Count);
            int other = random.Below(words.Count - 1);
            other += other >= one ? 1 : 0;
            (words[one], words[other]) = (words[other], words[one]);
        }
    }

    /// <summary>Leaves out each word with a probability of <paramref name="rate"/>; one stays in any case.</summary>
    public static void Delete(List<string> words, double rate, EdaRandom random)
    {
        string last = words[random.Below(words.Count)];
        words.RemoveAll(_ => random.Unit() < rate);
        if (words.Count == 0)
        {
            words.Add(last);
        }
    }

    // The different words that are no stop words, in random order.
    private static List<string> Candidates(List<string> words, EdaRandom random)
    {
        List<string> candidates =
            [.. words.Select(static word => LetteredWord.Of(word).Lower).Where(static word => word.Length > 0 && !StopWords.Has(word)).Distinct()];
        random.Shuffle(candidates);
        return candidates;
    }
}
