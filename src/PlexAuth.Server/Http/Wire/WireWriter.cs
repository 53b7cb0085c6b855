using System.Globalization;

namespace PlexAuth.Server.Http.Wire;

/// <summary>Writes one description of an answer as JSON or XML. Values become JSON members or XML attributes, so those of an element come before its children.</summary>
internal abstract class WireWriter
{
    /// <summary>Null is JSON's null and XML's empty attribute.</summary>
    public abstract void Text(string name, string? value);

    /// <summary>JSON true/false, XML 1/0.</summary>
    public abstract void Flag(string name, bool? value);

    public abstract void Number(string name, long? value);

    /// <summary>A moment as text: ISO 8601 in JSON, <c>2023-03-24 00:00:00 UTC</c> in XML.</summary>
    public abstract void Date(string name, DateTimeOffset? value);

    /// <summary>A flag that XML leaves out where it is false.</summary>
    public abstract void Mark(string name, bool value);

    /// <summary>JSON strings in an array; XML elements named <paramref name="item"/>, the value in <c>id</c>, inside one named <paramref name="list"/>.</summary>
    public abstract void Names(string list, string item, IEnumerable<string> values);

    /// <summary>A list of which nobody has an item.</summary>
    public abstract void Empty(string list);

    /// <summary>A list that may be unknown; XML leaves it out.</summary>
    public abstract void Unknown(string list);

    /// <summary>A nested object or element.</summary>
    public abstract void Object(string name, Action<WireWriter> write);

    /// <summary>A JSON array of objects; XML elements of that name, one after the other.</summary>
    public abstract void Items<T>(string name, IEnumerable<T> items, Action<WireWriter, T> write);

    /// <summary>A JSON array of objects; XML elements named <paramref name="item"/> inside one named <paramref name="list"/>.</summary>
    public abstract void Items<T>(string list, string item, IEnumerable<T> items, Action<WireWriter, T> write);

    /// <summary>A moment as ISO 8601 in both formats, without fractions: python-plexapi reads no other form.</summary>
    public void Moment(string name, DateTimeOffset? value) => Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Seconds since 1970, in both formats.</summary>
    public void Epoch(string name, DateTimeOffset? value) => Number(name, value?.ToUnixTimeSeconds());
}
