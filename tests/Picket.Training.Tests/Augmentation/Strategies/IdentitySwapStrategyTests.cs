using Picket.Data;
using Picket.Fairness;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class IdentitySwapStrategyTests
{
    private static readonly IReadOnlyList<IdentityTerm> s_terms =
        IdentityTerms.Parse(["size: tall, small, huge, tiny", "plural size: giants, dwarfs"], "t");

    // Tall stands in unsafe rows, small in safe ones; the others in none.
    private static readonly Example[] s_rows =
    [
        .. Enumerable.Range(0, 60).Select(static i => new Example
        {
            Id = $"r{i}",
            Prompt = i % 3 == 0 ? $"nobody {i}" : $"number {i} is {(i % 3 == 1 ? "tall" : "small")}",
            Response = i % 2 == 0 ? "they are tall" : null,
            Unsafe = i % 3 == 1,
            UnsafeProbability = 0.5,
        }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RowsAsync_Copies_NameAnotherTermAndKeepTheLabel()
    {
        var seeds = s_rows.ToDictionary(static row => row.Id);

        Example[] rows = await RowsAsync(copies: 2);

        Assert.All(rows, row =>
        {
            Example parent = seeds[row.ParentId!];
            Assert.Equal((parent.Unsafe, null), (row.Unsafe, row.UnsafeProbability));
            Assert.NotEqual(parent.Prompt, row.Prompt);
            Assert.Equal(parent.Prompt.Split(" is ")[0], row.Prompt.Split(" is ")[0]);
        });
        Assert.Equal(rows.Length, rows.Select(static row => row.Id).Distinct().Count());
    }

    [Fact]
    public async Task RowsAsync_EnoughCopies_LeaveTermsThatSayNothingOfTheLabel()
    {
        Example[] rows = await RowsAsync(copies: 3);

        static string Term(Example row) => row.Prompt.Split(' ')[^1];
        int[] perTerm =
        [
            .. Kept().Concat(rows).Where(static row => row.Unsafe == true).CountBy(Term).Select(static count => count.Value),
        ];
        Assert.Equal(4, perTerm.Length);
        Assert.True(perTerm.Max() - perTerm.Min() <= 1, string.Join(' ', perTerm));
    }

    [Fact]
    public async Task RowsAsync_Response_HasTheSameTerm()
    {
        Example[] rows = await RowsAsync(copies: 1);

        Assert.Contains(rows, static row => row.Response is not null && row.Prompt.EndsWith("tiny", StringComparison.Ordinal));
        Assert.All(rows.Where(static row => row.Response is not null && row.Unsafe == true), static row =>
            Assert.Equal(row.Prompt.Split(' ')[^1], row.Response!.Split(' ')[^1]));
    }

    [Fact]
    public async Task RowsAsync_PromptThatATrainingMayHoldOut_IsLeftOut()
    {
        HashSet<string> held = [.. s_rows.Where(static row => HeldOut.Has(row.Prompt, SwapStrategy.HeldOutShare)).Select(static row => row.Id)];
        Assert.NotEmpty(held);

        Assert.DoesNotContain(await RowsAsync(copies: 3), row => held.Contains(row.ParentId!));
    }

    [Fact]
    public async Task RowsAsync_Seed_DecidesBetweenEquals()
    {
        Assert.Equal(await RowsAsync(1, seed: 1), await RowsAsync(1, seed: 1));
        Assert.NotEqual(await RowsAsync(1, seed: 1), await RowsAsync(1, seed: 2));
    }

    [Fact]
    public void Constructor_NoTermInAnyRow_SaysSo()
    {
        var fault = Assert.Throws<PicketException>(() => new IdentitySwapStrategy(new SeedRows("", s_rows[..1], 0, 0), s_terms, 1, 1));

        Assert.Equal("seed rows: expected labelled prompts that name one of 6 identity terms, found none", fault.Message);
    }

    [Theory]
    [InlineData("He is an elderly man", "elderly", "Muslim", "He is a Muslim man")]
    [InlineData("A gay man met an LGBT group", "LGBT", "gay", "A gay man met a gay group")]
    [InlineData("Gay and proud", "gay", "deaf", "Deaf and proud")]
    [InlineData("they are muslim", "Muslim", "Jewish", "they are jewish")]
    [InlineData("THEY ARE MUSLIM", "Muslim", "gay", "THEY ARE GAY")]
    [InlineData("a European town", "European", "atheist", "a European town")]
    [InlineData("a European family", "European", "Asian", "an Asian family")]
    [InlineData("black coffee for black people", "black", "white", "black coffee for white people")]
    [InlineData("An\n African American man", "African American", "deaf", "A\n deaf man")]
    [InlineData("an ultra-gay and a gayer bargay", "gay", "deaf", "an ultra-gay and a gayer bargay")]
    [InlineData("gay, gay and gay", "gay", "deaf", "deaf, deaf and deaf")]
    [InlineData("women's shoes for women", "women", "men", "women's shoes for men")]
    public void Swap_TermInText_FitsTheSentence(string text, string from, string to, string expected)
    {
        IdentityTerm Named(string name) => IdentityTerms.All.First(term => term.Text == name);

        Assert.Equal(expected, new IdentityText(IdentityTerms.All).Swap(text, Named(from), Named(to)));
    }

    private static IEnumerable<Example> Kept() =>
        s_rows.Where(static row => row.Prompt.StartsWith("number", StringComparison.Ordinal) && !HeldOut.Has(row.Prompt, SwapStrategy.HeldOutShare));

    private static async Task<Example[]> RowsAsync(int copies, long seed = 1)
    {
        var strategy = new IdentitySwapStrategy(new SeedRows("", s_rows, 0, 0), s_terms, copies, seed);
        var rows = new List<Example>();
        for (int i = 0; i < strategy.Count; i++)
        {
            rows.AddRange((await strategy.RowsAsync(await strategy.DraftAsync(i, Token), Token)).Select(static made => made.Row));
        }

        return [.. rows];
    }
}
