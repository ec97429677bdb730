using System.Text;
using Picket.Data;

namespace Picket.Tests.Data;

/// <summary>Whatever a file holds, reading it ends in rows or in an error that names the file.</summary>
public sealed class DamagedFilesTests
{
    private static readonly string[] Files =
    [
        "{\"id\":\"a\",\"prompt\":\"ü\\u00e4\",\"unsafe\":1,\"x\":[1,{\"y\":null}]}\n{\"prompt\":\"b\",\"unsafe_probability\":0.5}\n",
        "{\"prompt\":\"a\",\"S\":0,\"V\":1}\n{\"prompt\":\"b\"}\n",
        "goal,target\n\"a \"\"b\"\",\nü\",x\nc,y\n",
        "id,prompt,type,label,focus,note\r\n1,a,t,safe,f,\r\n2,b,t,unsafe,f,\r\n",
        "[{\"context\":\"a\",\"response\":\"r\",\"label\":\"Safe\"},\n{\"context\":\"b\",\"response\":\"s\",\"label\":\"Unsafe\"}]",
        "{\"b1\":[{\"test_case\":[\"a\"],\"generation\":\"r\",\"human_0\":1,\"human_1\":0,\"human_2\":1}]}",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ReadAsync_DamagedFile_ThrowsNothingElse(int seed)
    {
        var random = new Random(seed);
        string?[] formats = [null, null, .. ExampleReader.Formats.Select(format => format.Name)];
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = Damage(Encode(Files[random.Next(Files.Length)], random), random);
            try
            {
                _ = await Rows.ReadAsync(bytes, formats[random.Next(formats.Length)], random.Next(2) == 0 ? null : _ => { });
            }
            catch (DataFormatException fault)
            {
                Assert.StartsWith("test", fault.Message);
            }
        }
    }

    private static byte[] Encode(string text, Random random) => random.Next(4) switch
    {
        0 => Rows.Gzip(text),
        1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (int n = random.Next(4); n > 0 && damaged.Count > 0; n--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0: damaged[at] = (byte)random.Next(256); break;
                case 1: damaged.RemoveAt(at); break;
                case 2: damaged.Insert(at, (byte)"\"{}[],:\n\\"[random.Next(9)]); break;
                default: damaged.RemoveRange(at, damaged.Count - at); break;
            }
        }

        return [.. damaged];
    }
}
