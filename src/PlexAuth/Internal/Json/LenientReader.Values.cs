using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Internal.Json;

/// <summary>The values. Each gives null for a value that cannot be what was asked for, and an empty text is no value unless text was asked for.</summary>
internal ref partial struct LenientReader
{
    /// <summary>Larger epoch numbers are milliseconds: as seconds this is the year 5138.</summary>
    private const long LargestEpochSeconds = 99_999_999_999;

    public readonly string? Text() => Kind switch
    {
        JsonTokenType.String => Unescape(),
        JsonTokenType.Number => Encoding.UTF8.GetString(_json.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    public readonly string? TextOrNull() => Text() is { Length: > 0 } text ? text : null;

    public readonly bool? Bool() => Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => Int64() is { } number ? number != 0 : null,
        JsonTokenType.String => Unescape().Trim() switch
        {
            "1" => true,
            "0" => false,
            var text => bool.TryParse(text, out var value) ? value : null,
        },
        _ => null,
    };

    public readonly int? Int32() => Int64() is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public readonly long? Int64() => Kind switch
    {
        JsonTokenType.Number when _json.TryGetInt64(out var whole) => whole,
        JsonTokenType.Number when _json.TryGetDouble(out var real) => Whole(real),
        JsonTokenType.String when long.TryParse(Unescape(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) => whole,
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        _ => null,
    };

    /// <summary>Epoch seconds (or milliseconds) as number or text, ISO 8601, or <c>2023-03-24 00:00:00 UTC</c> as the XML of sign-ins has it.</summary>
    public readonly DateTimeOffset? Date()
    {
        if (Int64() is { } epoch)
            return Epoch(epoch);
        if (Kind != JsonTokenType.String)
            return null;

        var text = Unescape().AsSpan().Trim();
        if (text.EndsWith("UTC", StringComparison.OrdinalIgnoreCase))
            text = text[..^3];

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }

    public readonly PlexToken? Token() => TextOrNull() is { } text && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? new PlexToken(text) : null;

    public readonly PlexSecret? Secret() => TextOrNull() is { } text ? new PlexSecret(text) : null;

    public readonly Uri? Uri() => System.Uri.TryCreate(Text(), UriKind.Absolute, out var uri) ? uri : null;

    private static long? Whole(double real) => Math.Abs(real) < long.MaxValue ? (long)real : null;

    private static DateTimeOffset? Epoch(long epoch)
    {
        var milliseconds = epoch is > LargestEpochSeconds or < -LargestEpochSeconds ? epoch : epoch * 1000;
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
