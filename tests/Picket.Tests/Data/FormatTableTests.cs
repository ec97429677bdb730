using Picket.Data;

namespace Picket.Tests.Data;

/// <summary>One small file a format, written for these tests in the benchmark's shape.</summary>
public sealed class FormatTableTests
{
    private const string WildGuard =
        "prompt,response,adversarial,prompt_harm_label,response_harm_label,subcategory\n" +
        "p1,r1,False,harmful,unharmful,fraud\np2,r2,True,unharmful,harmful,benign\np3,,True,harmful,,benign\n";

    private const string JailbreakBench = "Index,Goal,Target,Behavior,Category,Source\n4,g,t,b,c,Original\n";

    [Theory]
    [InlineData("openai-moderation", "{\"prompt\":\"a\",\"S\":0,\"V\":1,\"V2\":1}\n{\"prompt\":\"b\",\"S3\":0}\n", "a//1/V,V2 b//0/")]
    [InlineData("beavertails",
        """
        {"prompt":"a","response":"r","category":{"x":false,"y":true},"is_safe":false}
        {"prompt":"b","response":"s","category":{"x":false},"is_safe":true}
        """,
        "a/r/1/y b/s/0/")]
    [InlineData("toxicchat",
        "conv_id,user_input,model_output,human_annotation,toxicity,jailbreaking,openai_moderation\nk,a,m,True,1,0,[]\nl,b,m,True,0,0,[]\n",
        "a//1/ b//0/")]
    [InlineData("wildguardtest-response", WildGuard, "p1/r1/0/fraud/vanilla p2/r2/1/benign/adversarial p3//?/benign/adversarial")]
    [InlineData("xstest", "id,prompt,type,label,focus,note\n1,a,homonyms,safe,f,\n2,b,homonyms,unsafe,f,\n", "a//0/homonyms b//1/homonyms")]
    [InlineData("xstest-v2",
        "id_v1,id_v2,type,prompt,focus,note\nv1-1,v2-1,homonyms,a,f,\nv1-2,v2-2,contrast_homonyms,b,f,\n",
        "a//0/homonyms b//1/contrast_homonyms")]
    [InlineData("simplesafetytests", "id,harm_area,counter,category,prompts_final\ns1,Scams,1,Advice,a\n", "a//1/Scams")]
    [InlineData("harmbench-behaviors",
        "Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\na,standard,illegal,,,x\nb,contextual,illegal,context,c,y\n",
        "a//1/standard/illegal c\n\n---\n\nb//1/contextual/illegal")]
    [InlineData("advbench", "goal,target\na,t\n", "a//1/")]
    [InlineData("strongreject", "category,source,forbidden_prompt\nc,custom,a\n", "a//1/c")]
    [InlineData("jailbreakbench", JailbreakBench, "g//?/c")]
    [InlineData("aart", "region,prompt,crime,use_case\nr,a,theft,u\n", "a//1/theft")]
    [InlineData("ailuminate", "release_prompt_id,prompt_text,hazard,persona,locale,prompt_hash\ni,a,h,p,en_US,0\n", "a//1/h")]
    [InlineData("surge-toxicity", "text,is_toxic\na,Toxic\nb,Not Toxic\n", "a//1/ b//0/")]
    [InlineData("hatecheck", ",functionality,case_id,test_case,label_gold\n0,f,1,a,hateful\n1,f,2,b,non-hateful\n", "a//1/f b//0/f")]
    [InlineData("convabuse",
        "example_id,prev_agent,user,Annotator1_is_abuse.1,Annotator1_is_abuse.-1,Annotator2_is_abuse.-2\n1,x,a,1,0,1\n2,x,b,\"1, 1\",0,1\n3,x,c,,,\n",
        "a//1/ b//0/ c//?/")]
    [InlineData("harmbench-val",
        """
        {"b1": [{"test_case": "a", "generation": "r", "human_0": 1, "human_1": 0, "human_2": 1, "method": "M"}],
         "b2": [{"test_case": ["b", "c"], "generation": "s", "human_0": 1, "human_1": 0, "human_2": 0, "method": "M"},
                {"test_case": "d", "generation": "t", "human_0": 1, "human_1": 1, "human_2": null}]}
        """,
        "a/r/1/M b\nc/s/0/M d/t/?/")]
    [InlineData("jailbreakbench-artifact",
        """
        {"parameters": {"method": "M", "more": {"x": 1}}, "jailbreaks": [
          {"index": 0, "goal": "g", "category": "c", "prompt": "a", "response": "r", "jailbroken": true},
          {"index": 1, "goal": "g", "category": "c", "prompt": null, "response": null, "jailbroken": false}]}
        """,
        "a/r/1/c")]
    [InlineData("diasafety", """[{"context": "a", "response": "r", "category": "c", "label": "Unsafe"}]""", "a/r/1/c")]
    public async Task ReadAsync_BenchmarkShape_IsRecognisedAndMapped(string format, string text, string expected)
    {
        List<Example> rows = await Rows.ReadAsync(text);

        Assert.All(rows, row => Assert.Equal(format, row.Source));
        Assert.Equal(expected, string.Join(' ', rows.Select(Show)));
    }

    [Theory]
    [InlineData("wildguardtest-prompt", WildGuard, "p1//1/fraud/vanilla p2//0/benign/adversarial p3//1/benign/adversarial")]
    [InlineData("jailbreakbench-harmful", JailbreakBench, "g//1/c")]
    [InlineData("jailbreakbench-benign", JailbreakBench, "g//0/c")]
    public async Task ReadAsync_NamedFormat_IsMapped(string format, string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await Rows.ReadAsync(text, format)).Select(Show)));

    [Theory]
    [InlineData("{\"prompt\":\"a\",\"S\":2}", "S", "expected 0 or 1, found another number")]
    [InlineData("{\"prompt\":3,\"S\":1}", "prompt", "expected a string, found a number")]
    [InlineData("id,prompt,type,label,focus\n1,a,t,maybe,f", "label", "expected \"unsafe\" or \"safe\", found another text")]
    [InlineData("conv_id,user_input,toxicity\nk,a,2", "toxicity", "expected 0 or 1, found another text")]
    [InlineData(
        "[{\"context\":\"a\\ud800\",\"response\":\"r\",\"label\":\"Safe\"}]", "context", "holds an escape that is half a character (a lone surrogate)")]
    public async Task ReadAsync_BadValue_NamesTheField(string text, string field, string problem)
    {
        DataFormatException fault = await Rows.FaultAsync(text);

        Assert.Equal((field, $"{problem}"), (fault.Field, fault.Message[(fault.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public async Task ReadAsync_DocumentThatBreaksOff_GivesTheRowsBefore()
    {
        const string Text = "[{\"context\":\"a\",\"response\":\"r\",\"label\":\"Safe\"},\n{\"context\":\"b\",";
        (List<Example> rows, DataFormatException fault) = await Rows.ReadUntilFaultAsync(System.Text.Encoding.UTF8.GetBytes(Text), "d.json");

        Assert.Equal(2, fault.Line);
        Assert.Single(rows);
    }

    [Fact]
    public async Task ReadAsync_DocumentWithoutRows_Throws() =>
        Assert.Equal("test, line 1: expected rows in an array, found no array", (await Rows.FaultAsync("{\"a\":1}", "diasafety")).Message);

    [Fact]
    public void Formats_EachFormat_IsInTheDocument()
    {
        string document = File.ReadAllText(Path.Combine(Testing.SharedFolder.RepositoryRoot, "docs", "data-formats.md"));

        Assert.All(ExampleReader.Formats, format => Assert.Contains($"| `{format.Name}` |", document));
    }

    private static string Show(Example row) =>
        $"{row.Prompt}/{row.Response}/{(row.Unsafe is { } label ? label ? "1" : "0" : "?")}/{row.Category}";
}
