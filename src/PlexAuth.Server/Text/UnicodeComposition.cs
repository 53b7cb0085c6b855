using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PlexAuth.Server.Text;

/// <summary>Normalization form C (Unicode Standard Annex 15): one spelling of what looks the same, such as é as one character or as e and an accent.</summary>
/// <remarks>
/// Its own, because <c>string.Normalize</c> does nothing where the process runs without ICU, as the tool does, and says nothing about it: whether somebody can
/// sign in must not depend on that.
/// </remarks>
internal sealed class UnicodeComposition
{
    /// <summary>Nothing below it is ever composed or reordered.</summary>
    private const char FirstMark = '\u0300';

    private const string Resource = "unicode-composition.txt";
    private static readonly Lazy<UnicodeComposition> Tables = new(() => new UnicodeComposition());

    private readonly FrozenDictionary<int, int[]> _parts;
    private readonly FrozenDictionary<(int, int), int> _composites;
    private readonly FrozenDictionary<int, int> _classes;

    private UnicodeComposition()
    {
        using var reader = new StreamReader(typeof(UnicodeComposition).Assembly.GetManifestResourceStream(Resource)!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        var decompositions = lines.Where(line => line.Contains('=', StringComparison.Ordinal)).Select(ReadDecomposition).ToList();
        _parts = decompositions.ToFrozenDictionary(one => one.Whole, one => one.Parts);
        _composites = decompositions.Where(one => one.Composes).ToFrozenDictionary(one => (one.Parts[0], one.Parts[1]), one => one.Whole);
        _classes = lines.Where(line => line.Contains(':', StringComparison.Ordinal)).SelectMany(ReadClasses).ToFrozenDictionary();
    }

    /// <param name="text">Short, as the time grows with the square of the marks that follow one another.</param>
    public static string Compose(string text) => text.All(character => character < FirstMark) ? text : Tables.Value.ComposeAny(text);

    private string ComposeAny(string text)
    {
        var decomposed = new List<int>(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, decomposed);
        Order(decomposed);
        var composed = new StringBuilder(text.Length);
        foreach (var point in ComposeOrdered(decomposed))
            composed.Append(new Rune(point).ToString());
        return composed.ToString();
    }

    private void Decompose(int point, List<int> into)
    {
        if (Hangul.IsSyllable(point))
            into.AddRange(Hangul.Decompose(point));
        else if (_parts.TryGetValue(point, out var parts))
            Array.ForEach(parts, part => Decompose(part, into));
        else
            into.Add(point);
    }

    /// <summary>Marks that follow one another go by their class; those of one class keep their order.</summary>
    private void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, at) = (points[i], i);
            var own = ClassOf(point);
            while (own != 0 && at > 0 && ClassOf(points[at - 1]) > own)
                points[at] = points[--at];
            points[at] = point;
        }
    }

    private List<int> ComposeOrdered(List<int> points)
    {
        var composed = new List<int>(points.Count);
        var starter = -1;
        foreach (var point in points)
        {
            var own = ClassOf(point);
            // A mark joins the last starter unless another of its class, or a starter, stands between them.
            var blocked = starter < 0 || (starter < composed.Count - 1 && ClassOf(composed[^1]) is var last && (last == 0 || last >= own));
            if (!blocked && Join(composed[starter], point) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            composed.Add(point);
            if (own == 0)
                starter = composed.Count - 1;
        }

        return composed;
    }

    private int? Join(int first, int second) => Hangul.Join(first, second) ?? (_composites.TryGetValue((first, second), out var whole) ? whole : null);

    private int ClassOf(int point) => point < FirstMark ? 0 : _classes.GetValueOrDefault(point);

    private static (int Whole, int[] Parts, bool Composes) ReadDecomposition(string line)
    {
        var sides = line.TrimStart('-').Split('=');
        return (ReadPoint(sides[0]), [.. sides[1].Split(' ').Select(ReadPoint)], line[0] != '-');
    }

    private static IEnumerable<KeyValuePair<int, int>> ReadClasses(string line)
    {
        var parts = line.Split('-', ':');
        var (first, last) = (ReadPoint(parts[0]), ReadPoint(parts[1]));
        return Enumerable.Range(first, last - first + 1).Select(point => KeyValuePair.Create(point, int.Parse(parts[2], CultureInfo.InvariantCulture)));
    }

    private static int ReadPoint(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Korean syllables, which are computed rather than listed.</summary>
    private static class Hangul
    {
        private const int Syllable = 0xAC00, Lead = 0x1100, Vowel = 0x1161, Trail = 0x11A7;
        private const int Leads = 19, Vowels = 21, Trails = 28;

        public static bool IsSyllable(int point) => point is >= Syllable and < Syllable + (Leads * Vowels * Trails);

        public static IEnumerable<int> Decompose(int point)
        {
            var index = point - Syllable;
            yield return Lead + (index / (Vowels * Trails));
            yield return Vowel + (index / Trails % Vowels);
            if (index % Trails != 0)
                yield return Trail + (index % Trails);
        }

        public static int? Join(int first, int second) =>
            first is >= Lead and < Lead + Leads && second is >= Vowel and < Vowel + Vowels ? Syllable + ((((first - Lead) * Vowels) + second - Vowel) * Trails)
            : IsSyllable(first) && (first - Syllable) % Trails == 0 && second is > Trail and < Trail + Trails ? first + second - Trail
            : null;
    }
}
