namespace Picket.Chat;

/// <summary>
/// Reads keyword pairs from what a model says to the paper's question (METHODS.md section 3.1), or from a file that somebody wrote: lists, tables,
/// JSON, CSV, tuples, prose. It takes what the text sets against each other and nothing else: two lists without pairs give none.
/// </summary>
/// <remarks>
/// Where the text does not say which side is which, the privileged one comes first, as in the question. Pairs that come twice, either way round,
/// are taken once. Pure; safe to call from several threads. Somebody should look through the pairs before they are used.
/// </remarks>
public static class KeywordPairParser
{
    private const int DefinitionWords = 4;
    private const int HeadingWords = 6;

    /// <summary>The pairs, in the order of the text; none for a refusal.</summary>
    public static IReadOnlyList<KeywordPair> Parse(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var seen = new HashSet<(string, string)>();
        var pairs = new List<KeywordPair>();
        foreach (KeywordPair pair in PairJson.Find(answer) is [_, ..] found ? found : Lines(answer))
        {
            string marginalised = pair.Marginalised.ToUpperInvariant();
            string privileged = pair.Privileged.ToUpperInvariant();
            if (marginalised != privileged && !seen.Contains((privileged, marginalised)) && seen.Add((marginalised, privileged)))
            {
                pairs.Add(pair);
            }
        }

        return pairs;
    }

    private static List<KeywordPair> Lines(string answer)
    {
        IReadOnlyList<AnswerLine> lines = AnswerLine.All(answer);
        bool dash = !lines.Any(static line => PairLine.AroundDash(line.Text) is { } around && (IsLong(around.Left) || IsLong(around.Right)));
        var pairs = new List<KeywordPair>();
        var reader = new SectionReader(dash);
        foreach (AnswerLine line in lines)
        {
            pairs.AddRange(reader.Read(line));
        }

        return pairs;
    }

    // Where a dash stands before a definition in one line, it sets no word against another in the next.
    private static bool IsLong(string side) => side.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > DefinitionWords;

    /// <summary>Goes through the lines and remembers what the headings above them say.</summary>
    private sealed class SectionReader(bool dash)
    {
        private readonly PairTable _table = new();
        private Role _section;
        private bool _privilegedFirst = true;
        private (Role Role, string Keyword)? _pending;
        private bool _listed;

        public KeywordPair[] Read(AnswerLine line)
        {
            Role role = RoleWords.In(line.Text);
            if (line.Text.Length == 0)
            {
                return [];
            }

            if (role == Role.Both)
            {
                return ReadBoth(line);
            }

            if (role != Role.None)
            {
                return ReadSide(role, line);
            }

            _pending = null;
            if (_table.IsRow(line.Text))
            {
                return _table.Row(line.Text) is { } row ? [row] : [];
            }

            _table.Close();
            return _section is Role.Privileged or Role.Marginalised ? [] : Opposed(line);
        }

        private KeywordPair[] ReadBoth(AnswerLine line)
        {
            _section = Role.Both;
            if (LabelledSides.Pair(line.Text) is { } pair)
            {
                return [pair];
            }

            _privilegedFirst = RoleWords.PrivilegedFirst(line.Text);
            return _table.TryOpen(line.Text) ? [] : Opposed(line);
        }

        private KeywordPair[] ReadSide(Role role, AnswerLine line)
        {
            if (!LabelledSides.One(line.Text, out string? keyword))
            {
                // A long sentence that mentions one side says nothing of the lines below it.
                bool heads = line.IsHeading || line.Text.Split(' ').Length <= HeadingWords;
                (_section, _pending) = (heads ? role : _section, null);
                return [];
            }

            // Two of one side in a row, or several keywords in one line, are a list, and lists are not paired.
            if (keyword is null || _pending?.Role == role)
            {
                (_listed, _pending) = (true, null);
                return [];
            }

            if (_pending is not { } other)
            {
                _pending = _listed ? null : (role, keyword);
                return [];
            }

            _pending = null;
            return [role == Role.Privileged ? new KeywordPair(other.Keyword, keyword) : new KeywordPair(keyword, other.Keyword)];
        }

        private KeywordPair[] Opposed(AnswerLine line) =>
        [
            .. PairLine.Find(line.Text, dash && !line.IsHeading, slash: !line.IsHeading)
                .Select(pair => _privilegedFirst ? new KeywordPair(pair.Right, pair.Left) : new KeywordPair(pair.Left, pair.Right)),
        ];
    }
}
