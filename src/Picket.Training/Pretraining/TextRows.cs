using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Picket.Models.Formats;
using Picket.Models.Tokenization;
using Picket.Text;
using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>Texts as rows of tokens, those to learn from and those held out.</summary>
/// <param name="Learned">Rows to learn from.</param>
/// <param name="HeldOut">Rows of texts that are held out by their hash.</param>
/// <param name="Texts">How many texts there were.</param>
/// <param name="Hash">SHA-256 of all texts in their order.</param>
internal sealed record TextRows(TokenRows Learned, TokenRows HeldOut, int Texts, string Hash)
{
    /// <summary>The cache: the tokens of 100 MB of text are read in a second and made in half a minute.</summary>
    public const string CacheName = "tokens.safetensors";

    /// <summary>Shorter pieces have too little around a hidden token.</summary>
    private const int LeastTokens = 8;
    private const int BatchTexts = 2048;
    private const string HeaderName = "picket.header";
    private static readonly string[] s_parts = ["ids", "ends", "texts"];

    /// <summary>Tokenizes the texts, or takes their tokens from the folder's cache where it was made of the same texts in the same way.</summary>
    /// <param name="texts">Enumerated twice where there is a cache of others.</param>
    /// <param name="options">Length of a row, held-out share.</param>
    /// <param name="start">The tokenizer.</param>
    /// <param name="normalise">Whether texts are normalised first.</param>
    /// <param name="folder">The cache's folder.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<TextRows> CreateAsync(
        IAsyncEnumerable<string> texts, PretrainOptions options, StudentStart start, bool normalise, string folder, int threads,
        CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, CacheName);
        string way = $"{options.RowTokens} {options.Training.HeldOutShare:R} {normalise} {start.TokenizerMode} {start.TokenizerHash}";
        if (File.Exists(path))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await foreach (string text in texts.WithCancellation(cancellationToken))
            {
                Append(hash, text);
            }

            if (TryRead(path, start, way, Convert.ToHexStringLower(hash.GetHashAndReset())) is { } cached)
            {
                return cached;
            }
        }

        TextRows rows = await TokenizeAsync(texts, options, start, normalise, threads, cancellationToken);
        Directory.CreateDirectory(folder);
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(way, rows.Hash, rows.Texts));
        StateFile.Write(path, [(HeaderName, header), .. Named("learned", rows.Learned), .. Named("held_out", rows.HeldOut)], []);
        return rows;
    }

    private static IEnumerable<(string Name, byte[] Content)> Named(string part, TokenRows rows) =>
        s_parts.Zip(rows.ToBytes(), (name, content) => ($"{part}.{name}", content));

    private static TokenRows Empty(StudentStart start) =>
        new(start.Tokenizer.VocabularySize > ushort.MaxValue + 1, start.Tokenizer.Special.Cls, start.Tokenizer.Special.Sep);

    private static TextRows? TryRead(string path, StudentStart start, string way, string hash)
    {
        try
        {
            using TensorSource source = StateFile.Open(path);
            byte[] json = StateFile.ReadBytes(source, HeaderName);
            Header? header = JsonSerializer.Deserialize<Header>(json);
            if (header is null || header.Way != way || header.Hash != hash)
            {
                return null;
            }

            string[] names = [.. ((string[])["learned", "held_out"]).SelectMany(static _ => s_parts, static (part, name) => $"{part}.{name}")];
            byte[][] parts = [.. names.Select(name => StateFile.ReadBytes(source, name))];
            StateFile.ReadArrays(source, [json, .. parts], []);
            (TokenRows learned, TokenRows heldOut) = (Empty(start), Empty(start));
            learned.Restore(parts[0], parts[1], parts[2]);
            heldOut.Restore(parts[3], parts[4], parts[5]);
            return new TextRows(learned, heldOut, header.Texts, hash);
        }
        catch (Exception fault) when (fault is PicketException or JsonException)
        {
            // It is made again: nothing is lost with a cache.
            return null;
        }
    }

    private static async Task<TextRows> TokenizeAsync(
        IAsyncEnumerable<string> texts, PretrainOptions options, StudentStart start, bool normalise, int threads, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (TokenRows learned, TokenRows heldOut) = (Empty(start), Empty(start));
        var batch = new List<string>(BatchTexts);
        int count = 0;
        await foreach (string text in texts.WithCancellation(cancellationToken))
        {
            Append(hash, text);
            batch.Add(text);
            if (batch.Count == BatchTexts)
            {
                Flush();
            }
        }

        Flush();
        return new TextRows(learned, heldOut, count, Convert.ToHexStringLower(hash.GetHashAndReset()));

        void Flush()
        {
            int[][] tokens = new int[batch.Count][];
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Parallel.For(0, tokens.Length, parallel, static () => new TokenBuffer(), (i, _, buffer) =>
            {
                buffer.Clear();
                start.Tokenizer.Encode(normalise ? TextNormaliser.Default.Normalise(batch[i]) : batch[i], buffer);
                tokens[i] = buffer.Ids.ToArray();
                return buffer;
            }, static _ => { });
            for (int i = 0; i < tokens.Length; i++)
            {
                count++;
                TokenRows rows = Training.HeldOut.Has(batch[i], options.Training.HeldOutShare) ? heldOut : learned;
                for (int from = 0; tokens[i].Length - from >= LeastTokens; from += options.RowTokens - 2)
                {
                    rows.Add(tokens[i].AsSpan(from, Math.Min(options.RowTokens - 2, tokens[i].Length - from)), count);
                }
            }

            batch.Clear();
        }
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(BitConverter.GetBytes(text.Length));
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private sealed record Header(string Way, string Hash, int Texts);
}
