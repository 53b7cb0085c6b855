using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Internal.Json;

/// <summary>
/// Walks an answer and never throws: a value of another type than expected is converted where that makes sense and skipped where not, and a damaged document
/// simply ends where the damage is, so what was read before (the token above all) is kept. Where a member is repeated, the last readable value counts.
/// </summary>
internal ref partial struct LenientReader
{
    private const int NotEntered = -1;

    private Utf8JsonReader _json;
    private NameBuffer _name;
    private int _nameLength;
    private int _kept;

    public LenientReader(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        Advance();
    }

    /// <summary>Whether the document broke off, or is malformed, at the point reached.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The current member's name; empty if it is longer than any that is known.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<char> Name => ((ReadOnlySpan<char>)_name)[.._nameLength];

    public readonly bool IsObject => Kind == JsonTokenType.StartObject;

    public readonly bool IsArray => Kind == JsonTokenType.StartArray;

    private readonly JsonTokenType Kind => IsDamaged ? JsonTokenType.None : _json.TokenType;

    /// <summary>Steps into the object that <paramref name="wrapper"/> holds, if that is this object's first member; out of an array, into its first element.</summary>
    public void Unwrap(ReadOnlySpan<char> wrapper)
    {
        if (Kind == JsonTokenType.StartArray)
            Advance();

        var ahead = this;
        if (ahead.NextMember(ahead.EnterObject()) && ahead.Name.SequenceEqual(wrapper) && ahead.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            this = ahead;
            if (Kind == JsonTokenType.StartArray)
                Advance();
        }
    }

    /// <summary>Gives what <see cref="NextMember"/> wants to know. A value that is no object has no members.</summary>
    public readonly int EnterObject() => IsObject ? _json.CurrentDepth : NotEntered;

    /// <summary>Gives what <see cref="NextElement"/> wants to know. A value that is no array has no elements.</summary>
    public readonly int EnterArray() => IsArray ? _json.CurrentDepth : NotEntered;

    /// <summary>Moves to the next member's value, over whatever the last one left unread.</summary>
    public bool NextMember(int depth)
    {
        while (depth != NotEntered && Advance() && _json.CurrentDepth > depth)
        {
            if (_json.TokenType == JsonTokenType.PropertyName && _json.CurrentDepth == depth + 1)
            {
                KeepName();
                return Advance();
            }
        }

        return false;
    }

    /// <summary>Moves to the next element, over whatever the last one left unread.</summary>
    public bool NextElement(int depth)
    {
        while (depth != NotEntered && Advance() && _json.CurrentDepth > depth)
        {
            if (_json.CurrentDepth == depth + 1 && _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                return true;
        }

        return false;
    }

    private bool Advance()
    {
        try
        {
            return !IsDamaged && _json.Read();
        }
        catch (JsonException)
        {
            IsDamaged = true;
            return false;
        }
    }

    private void KeepName()
    {
        _nameLength = 0;
        Span<char> name = _name;
        if (_json.ValueSpan.Length > name.Length)
            return;

        if (!_json.ValueIsEscaped && Ascii.ToUtf16(_json.ValueSpan, name, out _nameLength) == System.Buffers.OperationStatus.Done)
            return;

        var text = Unescape();
        text.AsSpan(0, Math.Min(text.Length, name.Length)).CopyTo(name);
        _nameLength = Math.Min(text.Length, name.Length);
    }

    /// <summary>The text of a string or name; where its bytes or escapes are no valid text, the bytes with the bad ones replaced.</summary>
    private readonly string Unescape()
    {
        try
        {
            return _json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(_json.ValueSpan);
        }
    }

    [InlineArray(64)]
    private struct NameBuffer
    {
        private char _first;
    }
}
