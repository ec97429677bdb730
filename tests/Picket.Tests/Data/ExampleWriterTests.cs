using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Picket.Data;

namespace Picket.Tests.Data;

public sealed class ExampleWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("picket-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WriteLine_ThenParse_GivesTheSameExample() =>
        Prop.ForAll(Arb.From(Examples()), example =>
        {
            var line = new ArrayBufferWriter<byte>();
            ExampleWriter.WriteLine(line, example);

            Example read = JsonExampleParser.Parse(line.WrittenSpan, "file", 1);
            return Unknown(read) == Unknown(example) && read with { UnknownFields = null } == example with { UnknownFields = null };
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.jsonl.gz")]
    public async Task CompleteAsync_ManyRows_AreReadBack(string name)
    {
        string path = Path.Combine(_folder, name);
        await using (ExampleWriter writer = ExampleWriter.Create(path))
        {
            for (int i = 0; i < 5000; i++)
            {
                await writer.WriteAsync(new Example { Id = $"{i}", Prompt = $"é {i}", Unsafe = i % 2 == 0 }, TestContext.Current.CancellationToken);
            }

            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }

        List<Example> rows = await ExampleReader.ReadAsync(path, "picket", TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"é {i}"), rows.Select(row => row.Prompt));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task WriteAsync_Row_IsPlainUtf8WithLineFeed()
    {
        string path = Path.Combine(_folder, "rows.jsonl");
        await using ExampleWriter writer = ExampleWriter.Create(path);
        await writer.WriteAsync(new Example { Id = "a", Prompt = "ü<\"", Unsafe = false }, TestContext.Current.CancellationToken);
        await writer.CompleteAsync(TestContext.Current.CancellationToken);

        byte[] written = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("{\"id\":\"a\",\"prompt\":\"ü<\\\"\",\"unsafe\":0}\n", Encoding.UTF8.GetString(written));
    }

    [Fact]
    public async Task DisposeAsync_WithoutComplete_LeavesTheOldFile()
    {
        string path = Path.Combine(_folder, "rows.jsonl");
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        await using (ExampleWriter writer = ExampleWriter.Create(path))
        {
            await writer.WriteAsync(new Example { Id = "a", Prompt = "p" }, TestContext.Current.CancellationToken);
        }

        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WriteLine_LoneSurrogate_NamesRowAndField()
    {
        // In an attribute these would be stored as UTF-8, and so lost.
        foreach (string prompt in (string[])["\ud800", "a\udc00", "\ud83d\ude00\ud83d"])
        {
            var fault = Assert.Throws<PicketException>(
                () => ExampleWriter.WriteLine(new ArrayBufferWriter<byte>(), new Example { Id = "a", Prompt = prompt }));

            Assert.Equal("row a, field \"prompt\": holds half a character (a lone surrogate)", fault.Message);
        }
    }

    [Fact]
    public void Create_MissingFolder_SaysSo() =>
        Assert.Throws<PicketException>(() => ExampleWriter.Create(Path.Combine(_folder, "none", "rows.jsonl")));

    private static string Unknown(Example example) => string.Join(',', (example.UnknownFields ?? new Dictionary<string, JsonElement>())
        .Select(field => $"{field.Key}:{JsonSerializer.Serialize(field.Value)}"));

    private static Gen<Example> Examples()
    {
        Gen<string> text = ArbMap.Default.GeneratorFor<string>().Select(value => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value ?? "")));
        Gen<string?> optional = Gen.OneOf(Gen.Constant<string?>(null), text.Select(value => (string?)value));
        return
            from id in text
            from prompt in text
            from response in optional
            from label in Gen.Elements<bool?>(null, false, true)
            from probability in Gen.OneOf(Gen.Constant<double?>(null), Gen.Choose(0, int.MaxValue).Select(n => (double?)((double)n / int.MaxValue)))
            from category in optional
            from parent in optional
            from note in optional
            select new Example
            {
                Id = id,
                Prompt = prompt,
                Response = response,
                Unsafe = label,
                UnsafeProbability = probability,
                Category = category,
                ParentId = parent,
                UnknownFields = note is null ? null : new Dictionary<string, JsonElement>
                {
                    ["note " + note] = JsonSerializer.SerializeToElement(new[] { note }),
                },
            };
    }
}
