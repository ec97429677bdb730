using Picket.Models.Routing;

namespace Picket.Cli.Tests.Route;

public sealed class RouteCalibrateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("--budget", "0.4", "budget")]
    [InlineData("--risk", "0.1", "risk")]
    public async Task Run_EnoughRows_WritesAThresholdWithItsPromise(string option, string value, string form)
    {
        string router = await RouterAsync();
        string rows = await RouteCli.RoutesAsync(_folder, "calibration", 1000, 400);

        CliResult result = await RouteCli.RunAsync("calibrate", "--router", router, "--rows", rows, option, value);

        Assert.Equal((0, ""), (result.Status, result.Error));
        RouterManifest found = RouterFile.Load(router).Manifest;
        Assert.Equal((form, true), (found.Calibration!.Form, found.Calibration.Promised));
        Assert.Single(found.Calibration.Data!);
        Assert.Contains("at confidence 95.0", result.Output);
    }

    [Fact]
    public async Task Run_TooFewRows_SaysSoAndLeavesTheRouter()
    {
        string router = await RouterAsync();
        byte[] before = File.ReadAllBytes(router);

        CliResult result = await RouteCli.RunAsync(
            "calibrate", "--router", router, "--rows", await RouteCli.RoutesAsync(_folder, "few", 1000, 20), "--budget", "0.05");

        Assert.Equal(2, result.Status);
        Assert.Contains("nothing can be promised: 20 rows are too few, 59 are the least", result.Error);
        Assert.Equal(before, File.ReadAllBytes(router));
    }

    [Fact]
    public async Task Run_RowsThatTheRouterLearnedFrom_AreRefused()
    {
        string router = await RouterAsync();

        CliResult result = await RouteCli.RunAsync("calibrate", "--router", router, "--rows", _folder.At("learn-routes.jsonl"), "--budget", "0.4");

        Assert.Equal(2, result.Status);
        Assert.Contains("found rows that it learned from; nothing can be promised of those", result.Error);
    }

    [Fact]
    public async Task Run_RouterOfAnotherGuard_IsRefused()
    {
        string router = await RouterAsync();
        RouterModel model = RouterFile.Load(router);
        RouterFile.Save(router, model with { Manifest = model.Manifest with { Guard = "another" } });

        CliResult result = await RouteCli.RunAsync(
            "calibrate", "--router", router, "--rows", await RouteCli.RoutesAsync(_folder, "c", 1000, 100), "--budget", "0.4");

        Assert.Equal(2, result.Status);
        Assert.Contains("field \"guard\": expected the small guard of the rows, small, found another", result.Error);
    }

    [Fact]
    public async Task Run_BudgetAndRisk_IsRefused()
    {
        CliResult result = await RouteCli.RunAsync("calibrate", "--router", "r.json", "--rows", "x", "--budget", "0.4", "--risk", "0.1");

        Assert.StartsWith("picket: error: expected --budget or --risk, found both or neither\n", result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RouterAsync()
    {
        string rows = await RouteCli.RoutesAsync(_folder, "learn", 0, 200);
        string router = _folder.At("router.json");
        CliResult result = await RouteCli.RunAsync("train", "--rows", rows, "--kind", "logistic", "--no-region", "--out", router);
        Assert.Equal((0, ""), (result.Status, result.Error));
        return router;
    }
}
