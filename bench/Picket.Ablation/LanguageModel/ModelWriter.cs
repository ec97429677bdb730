using System.Runtime.InteropServices;
using System.Text;
using Picket.Chat;

namespace Picket.Ablation;

/// <summary>Goes on with texts by a <see cref="KneserNeyModel"/>. Safe to use from several threads at once.</summary>
/// <param name="model">Says what comes next.</param>
internal sealed class ModelWriter(KneserNeyModel model)
{
    private const int DefaultTokens = 128;

    /// <summary>
    /// What comes behind <paramref name="begun"/>, to the text's end or the most tokens. A last word that is cut is finished first, as far as
    /// some known word begins so. The same seed gives the same text; without one it is another each time.
    /// </summary>
    /// <param name="begun">The beginning, empty for a text from its start.</param>
    /// <param name="request">Sampling, tokens, stop texts and seed; its turns are not read.</param>
    public Generation Continue(string begun, GenerationRequest request)
    {
        string[] pieces = [.. Pieces.Of(begun)];
        List<int> text = [Vocabulary.Start, .. pieces.Select(model.Vocabulary.Of)];
        int read = text.Count;
        string open = pieces is [.., { } last] && Pieces.IsOpen(last) ? last : "";
        int[] endings = open.Length > 0 ? model.Vocabulary.Beginning(open) : [];
        if (endings.Length > 0)
        {
            text.RemoveAt(text.Count - 1);
        }

        var random = request.Seed is { } seed ? new Random(HashOf(seed)) : new Random();
        double[] probabilities = new double[model.Vocabulary.Count];
        var written = new StringBuilder();
        int most = request.MaxTokens ?? DefaultTokens;
        int tokens = 0;
        while (tokens < most)
        {
            model.Predict(CollectionsMarshal.AsSpan(text), probabilities);
            probabilities[Vocabulary.Unknown] = 0;
            if (endings.Length > 0)
            {
                Keep(probabilities, endings);
            }

            int next = Draw.From(probabilities, request.Temperature ?? 1, request.TopP ?? 1, random);
            if (next == Vocabulary.End)
            {
                return Finished(written, GenerationFinish.Stop, read, tokens + 1);
            }

            // A last word that was whole after all costs nothing.
            string piece = endings.Length > 0 ? model.Vocabulary[next][open.Length..] : model.Vocabulary[next];
            endings = [];
            tokens += piece.Length > 0 ? 1 : 0;
            text.Add(next);
            written.Append(piece);
            if (Cut(written, request.Stop))
            {
                return Finished(written, GenerationFinish.Stop, read, tokens);
            }
        }

        return Finished(written, GenerationFinish.Length, read, most);
    }

    private static Generation Finished(StringBuilder text, GenerationFinish finish, int read, int tokens)
    {
        string written = text.ToString();
        return new Generation(written, string.IsNullOrWhiteSpace(written) ? GenerationFinish.Empty : finish, new TokenUsage(read, tokens));
    }

    private static int HashOf(long seed) => unchecked((int)(seed ^ (seed >> 32)));

    private static void Keep(double[] probabilities, int[] places)
    {
        double[] kept = [.. places.Select(place => probabilities[place])];
        Array.Clear(probabilities);
        for (int i = 0; i < places.Length; i++)
        {
            probabilities[places[i]] = kept[i];
        }
    }

    private static bool Cut(StringBuilder text, IReadOnlyList<string> stops)
    {
        if (stops.Count == 0)
        {
            return false;
        }

        string whole = text.ToString();
        int end = stops.Select(stop => whole.IndexOf(stop, StringComparison.Ordinal)).Where(static place => place >= 0).DefaultIfEmpty(-1).Min();
        text.Length = end >= 0 ? end : text.Length;
        return end >= 0;
    }
}
