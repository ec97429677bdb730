namespace Picket.Data.Formats;

/// <summary>What the reading of one file carries along.</summary>
internal sealed record ReadContext(string File, Format Format, Action<DataFormatException>? OnBadRow)
{
    /// <summary>Passes a bad row to whoever wants to know, and throws if nobody does.</summary>
    public void Report(DataFormatException fault)
    {
        if (OnBadRow is null)
        {
            throw fault;
        }

        OnBadRow(fault);
    }

    /// <summary>Makes an example of a row; <see langword="null"/> where there is none in it, reported if it is a bad one.</summary>
    public Example? Map(DataRow row)
    {
        try
        {
            return Format.Map(row);
        }
        catch (DataFormatException fault) when (OnBadRow is not null)
        {
            OnBadRow(fault);
            return null;
        }
    }
}
