namespace Picket.Cli.Tests;

public sealed class CommandsTests
{
    private static readonly StandardStreams s_streams = new(Stream.Null, Stream.Null, TextWriter.Null);

    [Fact]
    public void For_WordsThatBeginWithACommand_MakesItAlone() =>
        Assert.All(Names(), name => Assert.Equal([name], Names(name, "--help")));

    [Theory]
    [InlineData("--help")]
    [InlineData("chek")]
    public void For_OtherWords_MakesAllOnce(string word)
    {
        Assert.Equal(Names(), Names(word));
        Assert.Equal(Names().Distinct(), Names());
    }

    private static string[] Names(params string[] words) => [.. Commands.For(words, s_streams).Select(static command => command.Name)];
}
