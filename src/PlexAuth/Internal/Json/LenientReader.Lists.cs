using System.Text.Json;

namespace PlexAuth.Internal.Json;

/// <summary>
/// The lists. The same list is an array in JSON, one element where a server saw only one, and in XML an element around elements:
/// <c>["a"]</c>, <c>"a"</c> and <c>{"role":{"id":"a"}}</c> all say the same.
/// </summary>
internal ref partial struct LenientReader
{
    public List<T> List<T>(ReadOnlySpan<char> item) where T : IReadable<T>
    {
        var list = new List<T>();
        AddTo(list, item);
        return list;
    }

    /// <summary>Adds to a list that XML may spread over several elements of the same name.</summary>
    /// <param name="list">The list.</param>
    /// <param name="item">What XML calls one of its elements.</param>
    public void AddTo<T>(List<T> list, ReadOnlySpan<char> item) where T : IReadable<T>
    {
        for (var array = EnterArray(); NextElement(array);)
            AddOne(list);

        if (IsSingle(item))
        {
            AddOne(list);
            return;
        }

        for (var container = EnterObject(); NextMember(container);)
        {
            if (!Name.SequenceEqual(item))
                continue;

            AddOne(list);
            for (var array = EnterArray(); NextElement(array);)
                AddOne(list);
        }
    }

    /// <summary>A list of texts; one that is an object stands for its <c>id</c>, and a text with commas for several.</summary>
    public List<string> Texts(ReadOnlySpan<char> item)
    {
        var list = new List<string>();
        if (Kind == JsonTokenType.String)
            list.AddRange(Unescape().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

        for (var array = EnterArray(); NextElement(array);)
            AddText(list);

        for (var container = EnterObject(); NextMember(container);)
        {
            if (!Name.SequenceEqual(item))
                continue;

            AddText(list);
            for (var array = EnterArray(); NextElement(array);)
                AddText(list);
        }

        return list;
    }

    /// <summary>One model, or the first of an array of them.</summary>
    public T? One<T>() where T : class, IReadable<T>
    {
        if (!NextElement(EnterArray()) && !IsObject)
            return null;

        return IsObject ? T.Read(ref this) : null;
    }

    /// <summary>The elements as they are, for lists of which no shape is known.</summary>
    public List<JsonElement> Elements()
    {
        Dictionary<string, JsonElement>? kept = null;
        Keep(ref kept);
        return kept?.Values.Single() is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];
    }

    private void AddOne<T>(List<T> list) where T : IReadable<T>
    {
        if (IsObject)
            list.Add(T.Read(ref this));
    }

    private void AddText(List<string> list)
    {
        if (TextOrNull() is { } text)
            list.Add(text);

        for (var element = EnterObject(); NextMember(element);)
        {
            if (Name is "id" && TextOrNull() is { } id)
                list.Add(id);
        }
    }

    /// <summary>An object with members of its own, none of which is an element: an element itself. An empty object is an empty list.</summary>
    private readonly bool IsSingle(ReadOnlySpan<char> item)
    {
        var ahead = this;
        var hasMembers = false;
        for (var depth = ahead.EnterObject(); ahead.NextMember(depth); hasMembers = true)
        {
            if (ahead.Name.SequenceEqual(item) && ahead.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
                return false;
        }

        return hasMembers;
    }
}
