namespace Picket.Cli;

/// <summary>Turns a block of lines into result lines: parse, score in one batch, format.</summary>
/// <remarks>Without <paramref name="keepGoing"/> a block ends at its first bad line; what stood before it is scored.</remarks>
internal sealed class BlockChecker(GuardCascade cascade, IVerdictFormat format, string inputName, bool keepGoing)
{
    /// <summary>Checks the block and disposes it.</summary>
    public async Task<CheckedBlock> CheckAsync(LineBlock block, CancellationToken cancellationToken)
    {
        var result = new CheckedBlock();
        var names = new List<RowName>();
        var inputs = new List<GuardInput>();
        using (block)
        {
            Parse(block, names, inputs, result.Faults);
        }

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(inputs, cancellationToken);
        for (int i = 0; i < verdicts.Count; i++)
        {
            format.Write(verdicts[i], names[i], result.Output);
            result.AnyUnsafe |= verdicts[i].Unsafe;
        }

        return result;
    }

    private void Parse(LineBlock block, List<RowName> names, List<GuardInput> inputs, List<string> faults)
    {
        ReadOnlySpan<byte> rest = block.Bytes;
        if (block.FirstLine == 1 && rest.StartsWith(Utf8Faults.ByteOrderMark))
        {
            rest = rest[3..];
        }

        for (long number = block.FirstLine; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            try
            {
                CheckRow row = CheckRow.Parse(line, inputName, number);
                names.Add(row.Name);
                inputs.Add(row.Input);
            }
            catch (PicketException fault)
            {
                faults.Add(fault.Message);
                if (!keepGoing)
                {
                    return;
                }
            }
        }
    }
}
