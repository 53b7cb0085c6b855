using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Faults.Tests;

/// <summary>F1: whatever was answered before a kill -9 is true after it, on either engine.</summary>
public sealed class KillStormTests : IDisposable
{
    private const int Kills = 20;
    private const string NoOrphans =
        """
        SELECT (SELECT COUNT(*) FROM tokens t WHERE NOT EXISTS (SELECT 1 FROM devices d WHERE d.id = t.device_id AND d.account_id = t.account_id))
            + (SELECT COUNT(*) FROM pins WHERE (state = 0) <> (account_id IS NULL))
            + (SELECT COUNT(*) FROM pins WHERE state IN (1, 2) AND sealed_token IS NULL)
            + (SELECT COUNT(*) FROM (SELECT device_id, kind, machine_identifier FROM tokens WHERE superseded_at IS NULL GROUP BY device_id, kind, machine_identifier HAVING COUNT(*) > 1) twice)
        """;

    private readonly DataFolder _data = new();

    [Fact]
    public Task F1_RR1_Nothing_that_was_acknowledged_is_lost_in_20_kills_on_SQLite() => KillRepeatedlyAsync(
        database: null,
        () =>
        {
            using var connection = new SqliteConnection($"Data Source={_data.Database};Pooling=False");
            connection.Open();
            Scalar(connection, "PRAGMA integrity_check").ShouldBe("ok");
            Scalar(connection, "SELECT COUNT(*) FROM pragma_foreign_key_check").ShouldBe(0L);
            Scalar(connection, NoOrphans).ShouldBe(0L);
        });

    [Fact]
    public Task F1_RR1_Nothing_that_was_acknowledged_is_lost_in_20_kills_on_PostgreSQL()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        return KillRepeatedlyAsync(
            PostgresCluster.Shared.ConnectionString("storm"),
            () => PostgresCluster.Shared.Execute($"SET search_path = storm; {NoOrphans}").ShouldBe("0"));
    }

    public void Dispose() => _data.Dispose();

    private async Task KillRepeatedlyAsync(string? database, Action checkInvariants)
    {
        (await ServerProcess.RunAsync(
            ["accounts", "add", "--username", "alice", "--email", "alice@example.com", "--password-stdin", "--data", _data.Path], Calls.Password + "\n", database)).ExitCode.ShouldBe(0);
        var journal = new Journal();
        string? token = null, changersToken = null;
        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill <= Kills; kill++)
        {
            var started = Stopwatch.GetTimestamp();
            using var server = await ServerProcess.StartAsync(_data.Path, database, "storm");
            using var http = server.Connect(0);
            token ??= await http.SignInAsync("keeper") ?? throw new InvalidOperationException("The first sign-in failed.");
            changersToken ??= await StartChangerAsync(http, token);
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK, $"after kill {kill}");
            (await http.UserAsync(changersToken)).ShouldBe(HttpStatusCode.OK, $"the one who changes the password stays signed in, after kill {kill}");
            await CheckPasswordAsync(http, journal, $"after kill {kill}");
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            await CheckAsync(http, journal, token, everything: kill == Kills, $"after kill {kill}");
            if (kill == Kills)
                break;
            var storm = new Storm(server, journal, token, changersToken);
            if (kill % 5 == 0)
                await storm.PrepareAsync();
            var blowing = storm.RunAsync();
            await Task.Delay(RandomNumberGenerator.GetInt32(50, 800), TestContext.Current.CancellationToken);
            server.Kill();
            await blowing;
            journal.InstanceDied();
        }

        checkInvariants();
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {journal.Acknowledged} acknowledged, slowest restart {slowest.TotalSeconds:0.0} s");
        journal.Valid.ShouldNotBeEmpty();
        journal.Revoked.ShouldNotBeEmpty();
        journal.FormerTransient.ShouldNotBeEmpty();
        journal.Linked.ShouldNotBeEmpty();
        journal.Accounts.ShouldNotBeEmpty();
        journal.Keys.ShouldNotBeEmpty();
        journal.Password.ShouldNotBe(Calls.Password);
    }

    private static async Task<string> StartChangerAsync(HttpClient http, string token)
    {
        (await http.AddAccountAsync("changer", token)).ShouldBe(HttpStatusCode.OK);
        return (await http.SignInAsync("changer", "changer")).ShouldNotBeNull();
    }

    /// <summary>A change that was asked for and not answered is nobody's promise, but one of the two passwords is.</summary>
    private static async Task CheckPasswordAsync(HttpClient http, Journal journal, string when)
    {
        if (journal.AskedPassword is { } asked && await http.SignInAsync("tester", "changer", asked) is not null)
            journal.Password = asked;
        else
            (await http.SignInAsync("tester", "changer", journal.Password)).ShouldNotBeNull($"a change of password is lost {when}");
        journal.AskedPassword = null;
    }

    /// <summary>The latest after each kill, as an earlier loss does not heal; all of them at the end.</summary>
    private static async Task CheckAsync(HttpClient http, Journal journal, string token, bool everything, string when)
    {
        var most = everything ? int.MaxValue : 30;
        foreach (var valid in journal.Valid.Keys.Take(most))
            (await http.UserAsync(valid)).ShouldBe(HttpStatusCode.OK, $"a token that was issued is lost {when}");
        foreach (var revoked in journal.Revoked.Take(most))
            (await http.UserAsync(revoked)).ShouldBe(HttpStatusCode.Unauthorized, $"a token that was revoked lives {when}");
        foreach (var transient in journal.FormerTransient.AsEnumerable().Reverse().Take(most))
            (await http.ServerAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized, $"a transient token outlived its instance {when}");
        foreach (var account in journal.Accounts.Keys.Take(most))
            (await http.HasAccountAsync(account, token)).ShouldBeTrue($"an account is lost {when}");
        // Once only: a device's fifth token ends its first.
        foreach (var (client, key) in everything ? journal.Keys : [])
            (await http.ExchangeAsync(client, key)).ShouldNotBeNull($"a key is lost {when}");
        foreach (var (id, client) in journal.Linked.Take(most))
            (await http.PollAsync(id, client)).ShouldNotBeNull($"a linked PIN lost its token {when}");
        foreach (var (id, client) in journal.Pins.Take(most))
            (await http.StatusAsync(HttpMethod.Get, $"/api/v2/pins/{id}", client)).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests);
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
