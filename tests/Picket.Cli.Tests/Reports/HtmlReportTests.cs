namespace Picket.Cli.Tests;

public sealed class HtmlReportTests
{
    [Fact]
    public void Render_PayloadWithMarkup_CannotEndTheScript()
    {
        string page = Render("""{"category":"</script><script>alert(1)</script><!--"}""");

        Assert.DoesNotContain("</script><script>alert", page);
        Assert.Contains("""{"category":"\u003c/script>\u003cscript>alert(1)\u003c/script>\u003c!--"}""", page);
    }

    [Fact]
    public void Render_PayloadThatLooksLikeAPlaceholder_StaysAsItIs()
    {
        Assert.Contains("""{"a":"{{library}} $1"}""", Render("""{"a":"{{library}} $1"}"""));
    }

    [Fact]
    public void Render_TitleWithMarkup_IsEscaped()
    {
        string page = new HtmlReport { Title = "<b>&", PayloadJson = "{}", Scripts = [] }.Render();

        Assert.Contains("<title>&lt;b&gt;&amp;</title>", page);
    }

    [Fact]
    public void Render_Page_LoadsNothingAndCarriesTheLicence()
    {
        string page = Render("{}");

        Assert.DoesNotContain(" src=", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
        Assert.Contains("default-src 'none'", page);
        Assert.Contains("Copyright (c) 2014-2024 Chart.js Contributors", page);
    }

    [Fact]
    public void Render_Scripts_EndNoScriptElementThemselves()
    {
        string page = Render("{}");

        int opened = page.Split("<script").Length - 1;
        int closed = page.Split("</script").Length - 1;
        Assert.Equal((3, 3), (opened, closed));
    }

    private static string Render(string payload) =>
        new HtmlReport { Title = "t", PayloadJson = payload, Scripts = ["evaluation-charts.js", "evaluation.js"] }.Render();
}
