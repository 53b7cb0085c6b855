using System.Diagnostics;
using System.Globalization;

namespace PlexAuth.Tests.Postgres;

/// <summary>A throw-away PostgreSQL server on a socket in its own directory, made when first asked for. It ends, and its directory goes, with this process however that ends.</summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Root = "/usr/lib/postgresql";
    private static readonly Lazy<PostgresCluster> Started = new(Start);
    private readonly HashSet<string> _schemas = new(StringComparer.Ordinal);
    private readonly Lock _making = new();
    private readonly string _bin;
    private readonly Process _keeper;

    private PostgresCluster(string bin, string directory, Process keeper) => (_bin, Directory, _keeper) = (bin, directory, keeper);

    /// <summary>Null when PostgreSQL's binaries are here; else what to do about it.</summary>
    public static string? Missing { get; } = Binaries() is null ? "PostgreSQL is not installed. On Debian: apt-get install postgresql" : null;

    public static PostgresCluster Shared => Started.Value;

    public string Directory { get; }

    public static void StopShared()
    {
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }

    /// <summary>A second server, for tests that stop it.</summary>
    public static PostgresCluster Start()
    {
        var bin = Binaries() ?? throw new InvalidOperationException(Missing);
        var directory = $"/tmp/plexauth-pg-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
        // Reading ends when this process closes its end of the pipe, or is killed.
        var script =
            $"""
            trap '' INT TERM
            cd / && umask 077 && mkdir {directory} || exit 1
            {bin}/initdb -D {directory}/data -U plexauth -A trust -E UTF8 --locale=C.UTF-8 --no-sync >{directory}/log 2>&1 &&
            {bin}/pg_ctl -D {directory}/data -l {directory}/log -w -o "{Settings(directory)}" start >/dev/null && echo ready || cat {directory}/log
            read -r _
            {bin}/pg_ctl -D {directory}/data -m immediate stop >/dev/null 2>&1
            rm -rf {directory}
            """;
        var keeper = Process.Start(Command("sh", "-c", script))!;
        var answer = keeper.StandardOutput.ReadLine();
        return answer == "ready" ? new(bin, directory, keeper) : throw new InvalidOperationException($"PostgreSQL did not start: {answer} {keeper.StandardOutput.ReadLine()}");
    }

    /// <summary>To a schema of that name, which is a database of its own to the server.</summary>
    public string ConnectionString(string schema)
    {
        lock (_making)
        {
            if (_schemas.Add(schema))
                Execute($"CREATE SCHEMA \"{schema}\"");
        }

        return $"Host={Directory};Database=postgres;Username=plexauth;Search Path={schema}";
    }

    public string Execute(string sql) => Run($"{_bin}/psql", "-h", Directory, "-U", "plexauth", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql);

    /// <summary>As a crash ends it.</summary>
    public void Stop() => Run($"{_bin}/pg_ctl", "-D", $"{Directory}/data", "-m", "immediate", "-w", "stop");

    /// <summary>Through a shell, or the server would keep our pipes open.</summary>
    public void Continue() => Run("sh", "-c", $"{_bin}/pg_ctl -D {Directory}/data -l {Directory}/log -w -o \"{Settings(Directory)}\" start >/dev/null 2>&1");

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    private static string Settings(string directory) =>
        $"-c listen_addresses='' -c unix_socket_directories={directory} -c max_connections=400 -c shared_buffers=32MB -c client_min_messages=warning -c autovacuum=off -c jit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c checkpoint_timeout=1h";

    private static string? Binaries() => System.IO.Directory.Exists(Root)
        ? System.IO.Directory.GetDirectories(Root)
            .Where(version => File.Exists($"{version}/bin/initdb"))
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => $"{version}/bin")
            .FirstOrDefault()
        : null;

    private static string Run(params string[] command)
    {
        using var process = Process.Start(Command(command))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{command[0]}: {error.Result}");
    }

    /// <summary>PostgreSQL refuses to run as root; its package brings a user for it.</summary>
    private static ProcessStartInfo Command(params string[] command)
    {
        string[] whole = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new(whole[0], whole[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
    }
}
