using System.Net;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Faults.Tests;

/// <summary>Two server processes on one PostgreSQL database, either of which may die, and a database that may.</summary>
public sealed class ReplicaTests : IDisposable
{
    private readonly DataFolder _first = new();
    private readonly DataFolder _second = new();

    [Fact]
    public async Task RT3_T16_Two_processes_are_one_server_and_a_killed_one_takes_its_transient_tokens_along()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var database = PostgresCluster.Shared.ConnectionString("replicas");
        await PrepareAsync(database);
        using var one = await ServerProcess.StartAsync(_first.Path, database);
        using var other = await ServerProcess.StartAsync(_second.Path, database);
        using var http = one.Connect(0);
        using var elsewhere = other.Connect(0);
        var token = (await http.SignInAsync("keeper")).ShouldNotBeNull();
        var revoked = (await http.SignInAsync("other")).ShouldNotBeNull();
        (await elsewhere.UserAsync(revoked)).ShouldBe(HttpStatusCode.OK);

        await http.SignOutAsync(revoked);

        await ShouldBeRefusedAsync(() => elsewhere.UserAsync(revoked));
        var transient = (await http.MintTransientAsync(token)).ShouldNotBeNull();
        (await elsewhere.ServerAsync(transient)).ShouldBe(HttpStatusCode.OK);

        one.Kill();

        await ShouldBeRefusedAsync(() => elsewhere.ServerAsync(transient));
        (await elsewhere.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task T16_A_killed_process_that_starts_again_refuses_its_former_transient_tokens_at_once()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var database = PostgresCluster.Shared.ConnectionString("restarted");
        await PrepareAsync(database);
        string transient;
        using (var before = await ServerProcess.StartAsync(_first.Path, database))
        {
            using var http = before.Connect(0);
            var token = (await http.SignInAsync("keeper")).ShouldNotBeNull();
            transient = (await http.MintTransientAsync(token)).ShouldNotBeNull();
            (await http.ServerAsync(transient)).ShouldBe(HttpStatusCode.OK);
            before.Kill();
        }

        using var after = await ServerProcess.StartAsync(_first.Path, database);
        using var again = after.Connect(0);

        (await again.ServerAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task F5_RR3_A_database_that_crashes_five_times_loses_nothing_acknowledged_and_needs_no_restart_of_the_server()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        using var cluster = PostgresCluster.Start();
        var database = cluster.ConnectionString("crashing");
        await PrepareAsync(database);
        using var server = await ServerProcess.StartAsync(_first.Path, database);
        using var http = server.Connect(0);
        var tokens = new List<string> { (await http.SignInAsync("keeper")).ShouldNotBeNull() };
        for (var crash = 0; crash < 5; crash++)
        {
            cluster.Stop();
            (await http.StatusAsync(HttpMethod.Post, "/api/v2/pins?strong=true", $"down-{crash}")).ShouldBe(HttpStatusCode.ServiceUnavailable);
            cluster.Continue();

            using var fresh = server.Connect(crash + 1);
            var (id, code) = (await fresh.CreatePinAsync($"app-{crash}")).ShouldNotBeNull();
            (await fresh.LinkAsync(code, tokens[0])).ShouldBe(HttpStatusCode.NoContent);
            tokens.Add((await fresh.PollAsync(id, $"app-{crash}")).ShouldNotBeNull());
        }

        foreach (var token in tokens)
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    /// <summary>The first account, and keys for the second process as a mounted secret would bring them.</summary>
    private async Task PrepareAsync(string database)
    {
        (await ServerProcess.RunAsync(
            ["accounts", "add", "--username", "alice", "--email", "alice@example.com", "--password-stdin", "--data", _first.Path], Calls.Password + "\n", database)).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(_first.Path, "plexauth.keys"), Path.Combine(_second.Path, "plexauth.keys"));
    }

    private static async Task ShouldBeRefusedAsync(Func<Task<HttpStatusCode>> check)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        while (await check() == HttpStatusCode.OK)
            await Task.Delay(20, guard.Token);
        (await check()).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
