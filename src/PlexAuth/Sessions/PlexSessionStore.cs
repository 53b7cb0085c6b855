using PlexAuth.Internal.Sessions;

namespace PlexAuth;

/// <summary>Keeps sessions between two runs of an app, each under the name of a profile. Thread-safe.</summary>
/// <remarks>
/// <see cref="ListAsync"/>, <see cref="LoadAsync"/> and <see cref="WriteAsync"/> make a store of one's own, with <see cref="LockAsync"/> where several processes
/// share it; whoever can see what it keeps can act as the user. A store that cannot be read, or is not safe to be, throws; it never answers that by an empty session.
/// </remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for has nothing to dispose of.
public abstract class PlexSessionStore
#pragma warning restore CA1001
{
    /// <summary>The profile used where none is named.</summary>
    public const string DefaultProfile = "default";

    private const int LongestProfile = 64;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>The profiles that have a session, in alphabetical order.</summary>
    public abstract ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>The session of a profile; null if it has none.</summary>
    public abstract ValueTask<PlexSession?> LoadAsync(string profile = DefaultProfile, CancellationToken cancellationToken = default);

    /// <summary>Replaces the session of a profile as a whole; null removes it. Waits for an update that is under way, so that this is what stays.</summary>
    public async ValueTask SaveAsync(string profile, PlexSession? session, CancellationToken cancellationToken = default)
    {
        using (await LockAsync(cancellationToken).ConfigureAwait(false))
            await WriteAsync(profile, session, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SaveAsync(string, PlexSession?, CancellationToken)"/>
    public ValueTask SaveAsync(PlexSession? session, CancellationToken cancellationToken = default) => SaveAsync(DefaultProfile, session, cancellationToken);

    /// <summary>Reads, changes and writes a session while nobody else writes.</summary>
    /// <param name="profile">Whose session.</param>
    /// <param name="update">
    /// Gives the session to keep; the very one it got if nothing is to be written. May take as long as a network call, but must not itself save to this store or
    /// update it: that would wait for this update, which waits for it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    public async ValueTask UpdateAsync(string profile, Func<PlexSession?, ValueTask<PlexSession?>> update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        using (await LockAsync(cancellationToken).ConfigureAwait(false))
        {
            var current = await LoadAsync(profile, cancellationToken).ConfigureAwait(false);
            var next = await update(current).ConfigureAwait(false);
            if (!ReferenceEquals(current, next))
                await WriteAsync(profile, next, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets everything when the process ends. For tests, and for apps that get their sessions elsewhere.</summary>
    public static PlexSessionStore InMemory() => new MemorySessionStore();

    /// <summary>A file for each profile in a directory of its own, which is made when first needed; both open to their owner alone (0600 in 0700).</summary>
    /// <remarks>
    /// Each write is a new file, flushed and renamed over the old one under a lock that all processes heed: a crash leaves the old session or the new one. A
    /// directory or file that is a symbolic link, belongs to somebody else or is open to others is refused with <see cref="UnauthorizedAccessException"/>; one
    /// that does not hold a session with <see cref="InvalidDataException"/>.
    /// </remarks>
    /// <param name="directory">Nothing else should be kept in it.</param>
    public static PlexSessionStore InDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new FileSessionStore(Path.GetFullPath(directory));
    }

    /// <summary>The store of <see cref="InDirectory"/> in the place the platform has for the state of one user's app (on Linux <c>~/.local/state</c>).</summary>
    /// <param name="product">The app's name, which the directory is named after.</param>
    /// <exception cref="InvalidOperationException">The user has no such place, as in some containers: name a directory.</exception>
    public static PlexSessionStore ForThisUser(string product) => new FileSessionStore(StateDirectory.Of(product));

    /// <summary>
    /// The desktop's secret store (GNOME Keyring, KWallet and others with the Secret Service), by the program <c>secret-tool</c>; null where that is not installed.
    /// </summary>
    /// <param name="product">Keeps one app's sessions from another's.</param>
    public static PlexSessionStore? InSecretService(string product)
    {
        ArgumentException.ThrowIfNullOrEmpty(product);
        return SecretTool.Find() is { } tool ? new SecretServiceSessionStore(tool, product) : null;
    }

    /// <summary>Writes the session of a profile as a whole, or removes it, by the holder of the lock.</summary>
    protected abstract ValueTask WriteAsync(string profile, PlexSession? session, CancellationToken cancellationToken);

    /// <summary>Keeps all others from writing until disposed; here the other callers of this instance alone.</summary>
    protected virtual async ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Held(_writing);
    }

    /// <summary>A profile's name goes into file names: letters, digits and <c>. _ -</c> of ASCII, at most 64, a letter or digit first.</summary>
    internal static string CheckProfile(string profile)
    {
        ArgumentException.ThrowIfNullOrEmpty(profile);
        return profile.Length <= LongestProfile && char.IsAsciiLetterOrDigit(profile[0]) && profile.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? profile
            : throw new ArgumentException($"A profile's name has up to {LongestProfile} ASCII letters, digits and the signs . _ - and begins with a letter or digit.", nameof(profile));
    }

    private sealed class Held(SemaphoreSlim writing) : IDisposable
    {
        public void Dispose() => writing.Release();
    }
}
