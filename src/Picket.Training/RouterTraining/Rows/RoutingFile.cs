using System.Buffers.Binary;
using System.Text.Json;

namespace Picket.Training.RouterTraining;

/// <summary>
/// Routing rows on disk: JSON Lines, a header first, and beside them <c>NAME.features</c>, the features as 16-bit floats, row after row.
/// </summary>
/// <remarks>
/// Appended to batch by batch, features first: what a kill leaves is cut back to whole batches by the next run. Sixteen bits keep a feature to
/// one part in 2,000, and 48,000 rows of 384 features in 37 MB.
/// </remarks>
public static class RoutingFile
{
    private const float Most = 65504;

    /// <summary>The file of features beside <paramref name="path"/>.</summary>
    public static string FeaturesOf(string path) => path + ".features";

    /// <summary>Reads all rows.</summary>
    /// <exception cref="PicketException">A file is absent or damaged, or a row has no features where others have.</exception>
    public static (RoutingHeader Header, IReadOnlyList<RoutingRecord> Rows) Read(string path)
    {
        try
        {
            using StreamReader lines = File.OpenText(path);
            RoutingHeader header = ParseHeader(lines.ReadLine(), path);
            using FileStream features = File.OpenRead(FeaturesOf(path));
            byte[] bytes = new byte[2 * header.FeatureWidth];
            var rows = new List<RoutingRecord>();
            for (int line = 2; lines.ReadLine() is { } text; line++)
            {
                RoutingLine row = ParseLine(text, path, line);
                if (features.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                {
                    throw new PicketException($"{FeaturesOf(path)}: expected features for line {line} of {Path.GetFileName(path)}, found the end");
                }

                float[] values = [.. Enumerable.Range(0, header.FeatureWidth)
                    .Select(i => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes.AsSpan(2 * i)))];
                var score = new GuardScore(row.Small, values);
                rows.Add(new RoutingRecord(
                    row.Id,
                    new RoutingRow(score, row.Large, row.Unsafe == 1, header.SmallThreshold, header.LargeThreshold),
                    row.Source,
                    row.Category,
                    row.Group));
            }

            return (header, rows);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Opens a file to append to, cut back to whole batches; begins it where it is absent.</summary>
    /// <returns>The rows that are there already.</returns>
    /// <exception cref="PicketException">It belongs to other rows, guards or options, or cannot be written.</exception>
    internal static int Resume(string path, RoutingHeader header)
    {
        try
        {
            string first = JsonSerializer.Serialize(header, RoutingJson.Default.RoutingHeader);
            if (!File.Exists(path) || new FileInfo(path).Length <= first.Length)
            {
                SafeFile.Write(FeaturesOf(path), static _ => { });
                SafeFile.Write(path, stream => stream.Write([.. System.Text.Encoding.UTF8.GetBytes(first), (byte)'\n']));
                return 0;
            }

            return Cut(path, header);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Appends a batch.</summary>
    /// <exception cref="PicketException">A feature is beyond what 16 bits hold, or a file cannot be written.</exception>
    internal static void Append(string path, RoutingHeader header, IReadOnlyList<RoutingRecord> batch)
    {
        byte[] features = new byte[2 * header.FeatureWidth * batch.Count];
        using var lines = new MemoryStream();
        for (int i = 0; i < batch.Count; i++)
        {
            (string id, RoutingRow row, string? source, string? category, string? group) = batch[i];
            ReadOnlySpan<float> values = row.Small.Features.Span;
            if (values.Length != header.FeatureWidth || values.ContainsAnyExceptInRange(-Most, Most))
            {
                throw new PicketException($"{path}: row {id}: expected {header.FeatureWidth} features within ±{Most}, found others");
            }

            for (int k = 0; k < values.Length; k++)
            {
                BinaryPrimitives.WriteHalfLittleEndian(features.AsSpan(2 * ((i * values.Length) + k)), (Half)values[k]);
            }

            var line = new RoutingLine(
                id, row.Small.UnsafeProbability, row.LargeProbability, row.Unsafe ? 1 : 0, row.Hard ? 1 : 0, source, category, group);
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(line, RoutingJson.Default.RoutingLine));
            lines.WriteByte((byte)'\n');
        }

        try
        {
            AppendBytes(FeaturesOf(path), features);
            AppendBytes(path, lines.ToArray());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be written: {fault.Message}", fault);
        }
    }

    private static int Cut(string path, RoutingHeader header)
    {
        byte[] content = File.ReadAllBytes(path);
        var ends = new List<int>();
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] == (byte)'\n')
            {
                ends.Add(i + 1);
            }
        }

        string first = System.Text.Encoding.UTF8.GetString(content, 0, ends.Count == 0 ? content.Length : ends[0]);
        RoutingHeader found = ParseHeader(first, path);
        if (found != header)
        {
            throw new PicketException($"{path}, line 1: expected the rows, guards and options of this run, found others; remove it or "
                + "choose another file");
        }

        long features = new FileInfo(FeaturesOf(path)).Length;
        int width = 2 * header.FeatureWidth;
        int rows = Math.Min(ends.Count - 1, width == 0 ? int.MaxValue : (int)(features / width));
        rows -= rows % header.BatchSize;
        using FileStream lines = File.OpenWrite(path);
        lines.SetLength(ends[rows]);
        using FileStream vectors = File.OpenWrite(FeaturesOf(path));
        vectors.SetLength((long)rows * width);
        return rows;
    }

    private static void AppendBytes(string path, byte[] bytes)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static RoutingHeader ParseHeader(string? text, string path)
    {
        RoutingHeader? header = Parse(text ?? "", path, 1, RoutingJson.Default.RoutingHeader);
        return header is { Format: 1, FeatureWidth: >= 0 and <= 65536, BatchSize: > 0 }
            ? header
            : throw new PicketException($"{path}, line 1: expected a header of format 1, found another");
    }

    private static RoutingLine ParseLine(string text, string path, int line) =>
        Parse(text, path, line, RoutingJson.Default.RoutingLine) is { Unsafe: 0 or 1, Small: >= 0 and <= 1, Large: >= 0 and <= 1 } row
            ? row
            : throw new PicketException($"{path}, line {line}: expected probabilities in [0, 1] and a label of 0 or 1, found others");

    private static T? Parse<T>(string text, string path, int line, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException fault)
        {
            throw new PicketException($"{path}, line {line}, field \"{fault.Path}\": expected a row of routing data, found something else", fault);
        }
    }
}
