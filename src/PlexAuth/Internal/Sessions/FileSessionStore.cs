namespace PlexAuth.Internal.Sessions;

/// <summary><c>session.json</c> for the default profile, <c>session.NAME.json</c> for the others.</summary>
internal sealed class FileSessionStore(string directory) : PlexSessionStore
{
    private const string Prefix = "session.";
    private const string Suffix = ".json";

    private readonly PrivateDirectory _directory = new(directory);

    public override ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default)
    {
        string[] profiles = [.. _directory.List($"{Prefix}*").Select(ProfileOf).OfType<string>().Order(StringComparer.Ordinal)];
        return new(profiles);
    }

    public override ValueTask<PlexSession?> LoadAsync(string profile = DefaultProfile, CancellationToken cancellationToken = default) => new(Read(FileOf(profile)));

    protected override ValueTask WriteAsync(string profile, PlexSession? session, CancellationToken cancellationToken)
    {
        var file = FileOf(profile);
        if (session is null)
            _directory.Delete(file);
        else
            _directory.Replace(file, SessionText.Write(session));
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken) =>
        await _directory.LockAsync(cancellationToken).ConfigureAwait(false);

    private PlexSession? Read(string file)
    {
        try
        {
            return _directory.Read(file) is { } content ? SessionText.Read(content) : null;
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{_directory.PathOf(file)} does not hold a session: {exception.Message} Remove the file and sign in again.", exception);
        }
    }

    private static string FileOf(string profile) => CheckProfile(profile) == DefaultProfile ? "session.json" : $"{Prefix}{profile}{Suffix}";

    private static string? ProfileOf(string file) => file switch
    {
        "session.json" => DefaultProfile,
        _ when file.EndsWith(Suffix, StringComparison.Ordinal) && file.Length > Prefix.Length + Suffix.Length => file[Prefix.Length..^Suffix.Length],
        _ => null,
    };
}
