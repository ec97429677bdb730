namespace Picket.Models.Tokenization;

/// <summary>
/// The most probable segmentation under a unigram model (Kudo 2018, "Subword Regularization", section 3.1): Viterbi from left to right over
/// bytes, in time linear in the text. A character without a piece of its own costs the lowest score less 10.
/// </summary>
/// <typeparam name="TSum">How sums of scores are rounded.</typeparam>
internal sealed class UnigramPath<TSum>(PieceTrie trie, double[] scores, double unknownScore, int unknown, int[]? bytePieces)
    where TSum : struct, IPathSum
{
    /// <summary>Appends the ids of a text; of unknown characters in a row one, or their bytes where the model has pieces for bytes.</summary>
    /// <param name="text">Well-formed UTF-8.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="ids">Receives the ids.</param>
    public void Append(ReadOnlySpan<byte> text, TokenizerScratch scratch, TokenBuffer ids)
    {
        Span<PathNode> path = scratch.PathOf(text.Length).AsSpan(0, text.Length + 1);
        Fill(text, path);
        int first = ids.Count;
        bool afterUnknown = false;
        for (int end = text.Length; end > 0;)
        {
            PathNode node = path[end];
            if (node.Piece != unknown)
            {
                ids.Add(node.Piece);
            }
            else if (bytePieces is not null)
            {
                for (int i = end - 1; i >= node.Start; i--)
                {
                    ids.Add(bytePieces[text[i]]);
                }
            }
            else if (!afterUnknown)
            {
                ids.Add(unknown);
            }

            afterUnknown = node.Piece == unknown;
            end = node.Start;
        }

        ids.ReverseFrom(first);
    }

    private void Fill(ReadOnlySpan<byte> text, Span<PathNode> path)
    {
        ulong[] units = trie.Units;
        path.Fill(new PathNode { Score = double.NegativeInfinity });
        path[0].Score = 0;
        for (int start = 0; start < text.Length;)
        {
            double score = path[start].Score;
            int afterCharacter = start + Utf8Character.Length(text[start]);
            bool isKnown = false;
            uint place = trie.Root;
            for (int end = start; end < text.Length;)
            {
                byte next = text[end++];
                ulong unit = units[place ^ next];
                if ((byte)unit != next)
                {
                    break;
                }

                place = PieceTrie.Children(unit);
                int piece = PieceTrie.Id(unit);
                if (piece >= 0)
                {
                    Offer(ref path[end], score + scores[piece], piece, start);
                    isKnown |= end == afterCharacter;
                }
            }

            if (!isKnown)
            {
                Offer(ref path[afterCharacter], TSum.Round(unknownScore + score), unknown, start);
            }

            start = afterCharacter;
        }
    }

    private static void Offer(ref PathNode node, double score, int piece, int start)
    {
        // sentencepiece compares the sum before it rounds it with one that has been rounded: ties fall accordingly.
        if (score > node.Score)
        {
            node.Score = TSum.Round(score);
            node.Piece = piece;
            node.Start = start;
        }
    }

}
