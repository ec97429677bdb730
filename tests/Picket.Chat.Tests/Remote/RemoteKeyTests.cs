namespace Picket.Chat.Tests;

public sealed class RemoteKeyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData(" k-1\n", "k-1")]
    public void Read_Variable_GivesTheKey(string? value, string? expected)
    {
        string variable = $"PICKET_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, value);

        Assert.Equal(expected, RemoteKey.Read(variable));
    }

    [Fact]
    public void Read_OtherThanAKey_NamesTheVariableAndNotTheKey()
    {
        string variable = $"PICKET_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, "se cret");

        string message = Assert.Throws<PicketException>(() => RemoteKey.Read(variable)).Message;

        Assert.StartsWith($"{variable}: API key: expected visible ASCII", message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", message, StringComparison.Ordinal);
    }
}
