using System.Buffers.Binary;

namespace Picket.Models.Tokenization;

/// <summary>Reads the fields of one protobuf message, bounds checked; sub-messages are read by readers of their own.</summary>
/// <param name="message">The message's bytes.</param>
/// <param name="where">The file and the message, for errors.</param>
/// <param name="offset">Where the message starts in the file, for errors.</param>
internal ref struct WireReader(ReadOnlySpan<byte> message, string where, int offset)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly string _where = where;
    private int _position;
    private int _type;

    /// <summary>The number of the field whose value comes next.</summary>
    public int Field { get; private set; }

    /// <summary>Where the next byte lies in the file.</summary>
    public readonly int Offset => offset + _position;

    /// <summary>Reads the next tag; false at the message's end.</summary>
    public bool TryReadField()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        if (tag >> 3 is 0 or >= 1 << 29)
        {
            throw Fault("a field's tag", $"{tag}");
        }

        Field = (int)(tag >> 3);
        _type = (int)(tag & 7);
        return true;
    }

    public int ReadInt32()
    {
        Require(0, "a whole number");
        return unchecked((int)ReadVarint());
    }

    public bool ReadBool()
    {
        Require(0, "true or false");
        return ReadVarint() != 0;
    }

    public float ReadFloat()
    {
        Require(5, "a float");
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Require(2, "a length and bytes");
        ulong length = ReadVarint();
        return length <= (ulong)(_message.Length - _position)
            ? Take((int)length)
            : throw Fault($"a length of at most {_message.Length - _position}", $"{length}");
    }

    public void Skip()
    {
        switch (_type)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                ReadBytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Fault("a value of wire type 0, 1, 2 or 5", $"type {_type}");
        }
    }

    private readonly void Require(int type, string expected)
    {
        if (_type != type)
        {
            throw Fault($"{expected} (wire type {type})", $"type {_type}");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _position)
        {
            throw Fault($"{length} more bytes", $"{_message.Length - _position}");
        }

        _position += length;
        return _message.Slice(_position - length, length);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fault("a number of at most ten bytes", "a longer one");
    }

    private readonly PicketException Fault(string expected, string found) =>
        new($"{_where}, byte {Offset}, field {Field}: expected {expected}, found {found}");
}
