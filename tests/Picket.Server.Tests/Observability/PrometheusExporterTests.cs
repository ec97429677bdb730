namespace Picket.Server.Tests;

public sealed class PrometheusExporterTests
{
    [Fact]
    public async Task Metrics_AfterRequests_CountThemByRouteAndStatus()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.AnswerAsync("/v1/moderations", """{"input":["fine","bad"]}""");
        using HttpResponseMessage _ = await server.PostAsync("/v1/moderations", "{");

        string[] lines = (await server.GetAsync("/metrics")).Split('\n');

        Assert.Contains("# TYPE picket_requests_total counter", lines);
        Assert.Contains("picket_requests_total{route=\"moderations\",status=\"200\",key=\"\"} 1", lines);
        Assert.Contains("picket_requests_total{route=\"moderations\",status=\"400\",key=\"\"} 1", lines);
        Assert.Contains("picket_refusals_total{route=\"moderations\",code=\"invalid_request\"} 1", lines);
        Assert.Contains("picket_verdicts_total{route=\"moderations\",tier=\"small\",outcome=\"blocked\"} 1", lines);
        Assert.Contains("picket_request_duration_seconds_bucket{route=\"moderations\",le=\"+Inf\"} 2", lines);
        Assert.Contains("picket_request_duration_seconds_count{route=\"moderations\"} 2", lines);
        Assert.Contains("picket_queue_tokens 0", lines);
        Assert.Contains($"picket_policy_info{{version=\"{server.Get<PolicyBook>().Current.Version}\"}} 1", lines);
    }

    [Fact]
    public async Task Metrics_OfTwoServers_AreApart()
    {
        await using RunningServer first = await RunningServer.StartAsync();
        await using RunningServer second = await RunningServer.StartAsync();

        await first.AnswerAsync("/predict", """{"inputs":"fine"}""");

        Assert.DoesNotContain("predict", await second.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ToAHistogram_CountsEveryBoundAbove()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("test");
        var family = new PrometheusFamily(
            meter.CreateHistogram<double>("a.time", "s", "Time.", tags: null, new() { HistogramBucketBoundaries = [1, 2, 4] }), maxSeries: 1);

        family.Add(1.5, [new("x", "a\"b")]);
        family.Add(9, [new("x", "a\"b")]);
        family.Add(1, [new("x", "beyond the bound")]);

        var text = new System.Text.StringBuilder();
        family.Write(text);
        Assert.Equal(
            """
            # HELP a_time_seconds Time.
            # TYPE a_time_seconds histogram
            a_time_seconds_bucket{x="a\"b",le="1"} 0
            a_time_seconds_bucket{x="a\"b",le="2"} 1
            a_time_seconds_bucket{x="a\"b",le="4"} 1
            a_time_seconds_bucket{x="a\"b",le="+Inf"} 2
            a_time_seconds_sum{x="a\"b"} 10.5
            a_time_seconds_count{x="a\"b"} 2

            """,
            text.ToString());
    }
}
