using System.Collections.Frozen;

namespace PlexAuth.Server.Accounts;

/// <summary>Passwords that are tried first by whoever guesses. The list names its origin and licence at its top.</summary>
internal static class CommonPasswords
{
    private const string Resource = "common-passwords.txt";
    private static readonly Lazy<FrozenSet<string>> List = new(Load);

    public static int Count => List.Value.Count;

    /// <param name="password">In small letters.</param>
    public static bool Contains(string password) => List.Value.Contains(password);

    private static FrozenSet<string> Load()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToFrozenSet(StringComparer.Ordinal);
    }
}
