using System.Globalization;
using System.Text.Json;

namespace PlexAuth.Server.Http.Wire;

internal sealed class JsonWireWriter(Utf8JsonWriter json, bool noNulls) : WireWriter
{
    public override void Text(string name, string? value) => json.WriteString(name, noNulls ? value ?? "" : value);

    public override void Flag(string name, bool? value)
    {
        if (Known(value, false) is { } flag)
            json.WriteBoolean(name, flag);
        else
            json.WriteNull(name);
    }

    public override void Number(string name, long? value)
    {
        if (Known(value, 0) is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    public override void Date(string name, DateTimeOffset? value)
    {
        if (Known(value, DateTimeOffset.UnixEpoch) is { } moment)
            json.WriteString(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    public override void Mark(string name, bool value) => json.WriteBoolean(name, value);

    public override void Names(string list, string item, IEnumerable<string> values)
    {
        json.WriteStartArray(list);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public override void Empty(string list)
    {
        json.WriteStartArray(list);
        json.WriteEndArray();
    }

    public override void Unknown(string list)
    {
        if (noNulls)
            Empty(list);
        else
            json.WriteNull(list);
    }

    public override void Object(string name, Action<WireWriter> write)
    {
        json.WriteStartObject(name);
        write(this);
        json.WriteEndObject();
    }

    public override void Items<T>(string list, string item, IEnumerable<T> items, Action<WireWriter, T> write) => Items(list, items, write);

    public override void Items<T>(string name, IEnumerable<T> items, Action<WireWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(this, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private T? Known<T>(T? value, T instead)
        where T : struct => value ?? (noNulls ? instead : null);
}
