using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Picket.Models.Formats;

namespace Picket.Models.Tests.Formats;

public sealed class SafetensorsPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(200);

    [Fact]
    public void Parse_RandomBytes_EndsInTensorsOrPicketException() =>
        Check.One(s_config, Prop.ForAll<byte[]>(EndsWell));

    [Fact]
    public void Parse_RandomHeader_EndsInTensorsOrPicketException() => Check.One(s_config, Prop.ForAll<byte[]>(content =>
    {
        byte[] file = [.. new byte[8], .. content];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)content.Length / 2);
        return EndsWell(file);
    }));

    [Fact]
    public void Parse_DamagedFile_EndsInTensorsOrPicketException() => Check.One(s_config, Prop.ForAll<int, byte, byte>((at, value, cut) =>
    {
        byte[] file = SafetensorsTests.TwoTensors();
        file[(int)((uint)at % file.Length)] = value;
        return EndsWell(file) && EndsWell(file[..Math.Max(0, file.Length - cut)]);
    }));

    [Fact]
    public void Parse_DigitsExchangedInTheHeader_EndsInTensorsOrPicketException() => Check.One(s_config, Prop.ForAll<uint[]>(changes =>
    {
        // The header's numbers, quotes and brackets are what the reader acts on.
        byte[] file = SafetensorsTests.TwoTensors();
        foreach (uint change in changes.Take(4))
        {
            file[8 + (change % 100)] = "0123456789-.,[]{}\"\\eE \0\u00FF"u8[(int)(change / 100 % 24)];
        }

        return EndsWell(file);
    }));

    private static bool EndsWell(byte[] file)
    {
        try
        {
            return Safetensors.Parse(file, "f").Values.All(static tensor =>
                tensor.Data.Length == tensor.Shape.Aggregate((long)Tensor.ElementSize(tensor.Type), static (bytes, length) => bytes * length));
        }
        catch (PicketException fault)
        {
            return fault.Message.StartsWith("f: ", StringComparison.Ordinal) && !fault.Message.Contains('\n');
        }
    }
}
