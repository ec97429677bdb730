using Microsoft.Extensions.Configuration;
using Picket.Models;

namespace Picket.Server.Tests;

public sealed class OptionsBinderTests
{
    [Fact]
    public void Bind_SeveralFaults_AreAllToldWithTheirPaths()
    {
        (_, List<string> faults) = Bind(
            ("Limits:BodyBytes", "12"), ("Limits:Inputs", "many"), ("Policies:strict:Threshold", "1.5"), ("Policies:strict:Treshold", "0.5"));

        Assert.Equal(4, faults.Count);
        Assert.Contains("Picket:Limits:BodyBytes: expected 1024 to 1073741824, found 12", faults);
        Assert.Contains("Picket:Limits:Inputs: expected a whole number, found many", faults);
        Assert.Contains("Picket:Policies:strict:Threshold: expected 0 to 1, found 1.5", faults);
        Assert.Contains(faults, fault => fault.StartsWith("Picket:Policies:strict:Treshold: unknown key", StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_EveryKindOfValue_IsRead()
    {
        (ServerOptions options, List<string> faults) = Bind(
            ("Policies:a:LargeGuardFailure", "throw"), ("Policies:a:LargeGuardTimeout", "00:00:02"), ("Policies:a:Shadow", "true"),
            ("Policies:a:CategoryThresholds:S6", "0.9"), ("Routes:check", "a"), ("Keys:k:Scopes:0", "Admin"), ("Guards:Large", "none"));

        Assert.Empty(faults);
        PolicyOptions policy = options.Policies["A"];
        Assert.Equal((LargeGuardFailure.Throw, TimeSpan.FromSeconds(2), true), (policy.LargeGuardFailure, policy.LargeGuardTimeout, policy.Shadow));
        Assert.Equal(0.9, policy.CategoryThresholds["s6"]);
        Assert.Equal("a", options.Routes["check"]);
        Assert.Equal([KeyScope.Admin], options.Keys["k"].Scopes);
        Assert.Equal("none", options.Guards.Large);
    }

    [Theory]
    [InlineData("Policies:a:LargeGuardFailure", "1")]
    [InlineData("Policies:a:LargeGuardTimeout", "10")]
    [InlineData("Policies:a:CategoryThresholds:S6", "2")]
    [InlineData("Limits", "5")]
    [InlineData("Keys:k:Scopes", "Admin")]
    [InlineData("Guards:Small:Name", "ngram")]
    public void Bind_WrongKindOfValue_IsAFault(string key, string value)
    {
        (_, List<string> faults) = Bind((key, value));

        Assert.StartsWith($"Picket:{key.Replace(":Name", "", StringComparison.Ordinal)}", Assert.Single(faults));
    }

    [Fact]
    public void Bind_NothingConfigured_HasDefaults()
    {
        (ServerOptions options, List<string> faults) = Bind();

        Assert.Empty(faults);
        string large = EmbeddedGuards.Names.Count > 1 ? EmbeddedGuards.Names[^1] : GuardPlaceOptions.None;
        Assert.Equal((EmbeddedGuards.NGram, large, 4 << 20), (options.Guards.Small, options.Guards.Large, options.Limits.BodyBytes));
    }

    private static (ServerOptions Options, List<string> Faults) Bind(params (string Key, string Value)[] settings)
    {
        IConfigurationRoot root = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create($"Picket:{pair.Key}", (string?)pair.Value)))
            .Build();
        var faults = new List<string>();
        return (new OptionsBinder(faults).Bind<ServerOptions>(root.GetSection("Picket")), faults);
    }
}
