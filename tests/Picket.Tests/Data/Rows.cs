using System.IO.Compression;
using System.Text;
using Picket.Data;

namespace Picket.Tests.Data;

/// <summary>Reads test rows from memory.</summary>
internal static class Rows
{
    public static Task<List<Example>> ReadAsync(string text, string? format = null, Action<DataFormatException>? onBadRow = null) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), format, onBadRow);

    public static async Task<List<Example>> ReadAsync(byte[] bytes, string? format = null, Action<DataFormatException>? onBadRow = null)
    {
        using var stream = new MemoryStream(bytes);
        var options = new ExampleReaderOptions { Format = format, OnBadRow = onBadRow };
        var rows = new List<Example>();
        await foreach (Example row in ExampleReader.ReadAsync(stream, "test", options, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static Task<DataFormatException> FaultAsync(string text, string? format = null) =>
        Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(text, format));

    public static Task<DataFormatException> FaultAsync(byte[] bytes, string? format = null) =>
        Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(bytes, format));

    /// <summary>The rows that come before the fault in a stream of this name, and the fault.</summary>
    public static Task<(List<Example> Rows, DataFormatException Fault)> ReadUntilFaultAsync(byte[] bytes, string name) =>
        ReadUntilFaultAsync(ExampleReader.ReadAsync(new MemoryStream(bytes), name, null, TestContext.Current.CancellationToken));

    /// <summary>The rows that come before the fault, and the fault.</summary>
    public static async Task<(List<Example> Rows, DataFormatException Fault)> ReadUntilFaultAsync(IAsyncEnumerable<Example> source)
    {
        var rows = new List<Example>();
        DataFormatException fault = await Assert.ThrowsAsync<DataFormatException>(async () =>
        {
            await foreach (Example row in source)
            {
                rows.Add(row);
            }
        });
        return (rows, fault);
    }

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
