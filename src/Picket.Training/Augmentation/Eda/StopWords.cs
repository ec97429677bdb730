namespace Picket.Training.Augmentation;

/// <summary>English function words, which have no synonyms worth the name: articles, pronouns, auxiliaries, prepositions, conjunctions.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> All =
    [
        // Articles and other determiners.
        "a", "an", "the", "this", "that", "these", "those", "all", "any", "both", "each", "either", "every", "neither", "no", "none", "some", "such",
        "few", "many", "more", "most", "much", "several", "other", "another", "same", "own",

        // Personal, possessive and reflexive pronouns.
        "i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself", "yourselves", "he", "him", "his", "himself", "she", "her", "hers",
        "herself", "it", "its", "itself", "we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs", "themselves", "one", "oneself",

        // Question words and relative pronouns.
        "who", "whom", "whose", "which", "what", "when", "where", "why", "how", "whoever", "whatever", "whichever", "whether",

        // Auxiliaries.
        "am", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "doing", "done", "have", "has", "had", "having", "can", "could",
        "may", "might", "must", "shall", "should", "will", "would", "ought",

        // Prepositions.
        "about", "above", "across", "after", "against", "along", "among", "around", "as", "at", "before", "behind", "below", "beneath", "beside",
        "between", "beyond", "by", "down", "during", "except", "for", "from", "in", "inside", "into", "like", "near", "of", "off", "on", "onto",
        "out", "outside", "over", "past", "per", "since", "through", "throughout", "till", "to", "toward", "towards", "under", "until", "up",
        "upon", "via", "with", "within", "without",

        // Conjunctions.
        "and", "but", "or", "nor", "so", "yet", "if", "unless", "because", "although", "though", "while", "whereas", "than",

        // Adverbs that only point or shade.
        "not", "too", "very", "just", "only", "also", "then", "there", "here", "now", "again", "once", "ever", "even", "still", "already",
    ];

    /// <summary>Whether a word in lower case is one; contractions are.</summary>
    public static bool Has(string word) => All.Contains(word) || word.AsSpan().ContainsAny('\'', '\u2019');
}
