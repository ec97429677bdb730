using System.Text;
using Picket.Testing;

namespace Picket.Training.Tests.Augmentation.Eda;

/// <summary>A WordNet database of a few words, in the published file format.</summary>
internal sealed class TinyWordNet : IDisposable
{
    private const string Licence = "  1 This software and database is made for a test.  \n  2 It has a heading of two lines.  \n";
    private readonly ScratchFolder _folder = new();

    public TinyWordNet()
    {
        Directory.CreateDirectory(Folder);
        Write("noun", 'n', ["car", "auto", "motor_vehicle"], ["car", "railcar"], ["bus", "coach"], ["axis", "Axis_of_rotation"]);
        Write("verb", 'v', ["bake", "cook"], ["coach", "train"]);
        Write("adj", 's', ["large", "big(p)"]);
        Write("adv", 'r', ["quickly", "rapidly"]);
        File.WriteAllText(this["noun.exc"], "axes ax axis\n");
    }

    public string Folder => _folder["wordnet"];

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => _folder.Dispose();

    private void Write(string part, char type, params string[][] synsets)
    {
        var data = new StringBuilder(Licence);
        var offsets = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (string[] synset in synsets)
        {
            foreach (string word in synset)
            {
                string lemma = word.Split('(')[0].ToLowerInvariant();
                offsets[lemma] = [.. offsets.GetValueOrDefault(lemma, []), data.Length];
            }

            string words = string.Join(' ', synset.Select(static word => $"{word} 0"));
            data.Append($"{data.Length:D8} 06 {type} {synset.Length:x2} {words} 001 @ 00000000 n 0000 | a meaning (of sorts); \"an example\"  \n");
        }

        IEnumerable<string> index = offsets.Select(pair =>
            $"{pair.Key} {type} {pair.Value.Count} 2 @ ~ {pair.Value.Count} 0 {string.Join(' ', pair.Value.Select(static at => $"{at:D8}"))}  \n");
        File.WriteAllText(this[$"data.{part}"], data.ToString());
        File.WriteAllText(this[$"index.{part}"], Licence + string.Concat(index));
    }
}
