using System.Text;
using Picket.Fairness;
using Picket.Testing;

namespace Picket.Tests.Fairness;

public sealed class IdentityRowsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static IReadOnlyList<IdentityTerm> Terms { get; } = IdentityTerms.Parse(["a: tall, *small # two", "", "plural a: giants"], "terms");

    [Fact]
    public async Task OwnAsync_Set_HasEveryTermInEveryTemplate()
    {
        IdentityRows rows = await IdentityRows.OwnAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(46, rows.Templates);
        Assert.Equal(rows.Templates * rows.Terms.Count, rows.Rows.Count);
        Assert.Equal(30 * rows.Terms.Count, rows.Rows.Count(static row => !row.Unsafe));
        Assert.DoesNotContain(rows.Rows, static row => row.Prompt.Contains('{', StringComparison.Ordinal));
        Assert.All(rows.Rows, static row => Assert.False(char.IsLower(row.Prompt[0])));
    }

    [Fact]
    public async Task ReadAsync_Templates_GoWithTheAdjectives()
    {
        IdentityRows rows = await ReadAsync("""{"prompt":"{identity} trees and {identity} houses","unsafe":0}""");

        Assert.Equal(["Tall trees and tall houses", "Small trees and small houses"], rows.Rows.Select(static row => row.Prompt));
        Assert.Equal(["tall", "small"], rows.Terms);
    }

    [Fact]
    public async Task ReadAsync_RowsWithCategories_AreOfOneTemplateWhereOnlyTheTermDiffers()
    {
        IdentityRows rows = await ReadAsync(
            """{"prompt":"Untall is Tall","unsafe":0,"category":"template=x;identity=tall"}""",
            """{"prompt":"Untall is small","unsafe":0,"category":"template=x;identity=small"}""",
            """{"prompt":"Untall is small","unsafe":0,"category":"template=y;identity=small"}""",
            """{"prompt":"Nobody","unsafe":1,"category":"template=x;identity=none"}""");

        Assert.Equal([0, 0, 1, 2], rows.Rows.Select(static row => row.Template));
        Assert.Null(rows.Rows[3].Identity);
    }

    [Theory]
    [InlineData("""{"prompt":"secret words","unsafe":0}""",
        "row 1: expected {identity} in the prompt or template=NAME;identity=TERM as category, found neither")]
    [InlineData("""{"prompt":"{identity} secret"}""", "row 1: expected a label, found none")]
    [InlineData("""{"prompt":"secret","unsafe":0,"category":"template=x;identity=tall"}""", "expected two identity terms or more, found 1")]
    public async Task ReadAsync_RowThatDoesNotFit_SaysWhichAndQuotesNothing(string line, string message)
    {
        PicketException fault = await Assert.ThrowsAnyAsync<PicketException>(() => ReadAsync(line));

        Assert.EndsWith(message, fault.Message);
        Assert.DoesNotContain("secret", fault.Message);
    }

    [Theory]
    [InlineData("tall, small")]
    [InlineData("""{"id":"a","prompt":"a mild tale"}""")]
    [InlineData("size: tall, and then a whole sentence that goes on for longer than a term")]
    public void Parse_LineOfAnotherForm_IsRefusedAndNotQuoted(string line)
    {
        var fault = Assert.Throws<PicketException>(() => IdentityTerms.Parse(["# terms", line], "t"));

        Assert.Equal("t, line 2: expected a dimension, a colon and terms with commas between, found another form", fault.Message);
    }

    [Fact]
    public void Parse_Lines_GiveFormAndAmbiguity() => Assert.Equal(
        [new IdentityTerm("tall", "a"), new IdentityTerm("small", "a", Ambiguous: true), new IdentityTerm("giants", "a", IdentityForm.Plural)],
        Terms);

    public void Dispose() => _folder.Dispose();

    private Task<IdentityRows> ReadAsync(params string[] lines)
    {
        File.WriteAllText(_folder["rows.jsonl"], string.Join('\n', lines), Encoding.UTF8);
        return IdentityRows.ReadAsync(_folder["rows.jsonl"], "rows", Terms, cancellationToken: TestContext.Current.CancellationToken);
    }
}
