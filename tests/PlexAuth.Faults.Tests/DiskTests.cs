using System.Net;
using Microsoft.Data.Sqlite;
using PlexAuth.Tests;

namespace PlexAuth.Faults.Tests;

/// <summary>F3 and F4: a database that takes no writes keeps answering what it can, and is well again by itself.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly DataFolder _data = new();
    private SmallDisk? _disk;

    [Fact]
    public async Task F3_While_another_process_holds_the_write_lock_tokens_are_checked_and_writes_are_refused()
    {
        using var server = await StartAsync();
        using var http = server.Connect(0);
        var token = (await http.SignInAsync("keeper")).ShouldNotBeNull();
        using (var other = new SqliteConnection($"Data Source={_data.Database};Pooling=False"))
        {
            other.Open();
            using var held = other.BeginTransaction(deferred: false);
            var write = RefusedAsync(server);
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
            (await write).ShouldBeGreaterThan(TimeSpan.Zero);
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
            held.Rollback();
        }

        (await http.CreatePinAsync("after")).ShouldNotBeNull();
    }

    [Fact]
    public async Task F4_On_a_full_disk_reads_go_on_writes_are_refused_and_space_heals_without_a_restart()
    {
        _disk = SmallDisk.Mount(_data.Path);
        using var server = await StartAsync();
        using var http = server.Connect(0);
        var token = (await http.SignInAsync("keeper")).ShouldNotBeNull();
        var acknowledged = (await http.CreatePinAsync("before")).ShouldNotBeNull();
        _disk.Fill();

        for (var i = 0; i < 3; i++)
        {
            await RefusedAsync(server);
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
        }

        _disk.Free();
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        while (await http.CreatePinAsync("after") is null)
            await Task.Delay(100, guard.Token);

        (await http.StatusAsync(HttpMethod.Get, $"/api/v2/pins/{acknowledged.Id}", "before")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task F4_A_server_on_a_read_only_disk_says_so_and_changes_nothing()
    {
        _disk = SmallDisk.Mount(_data.Path);
        (await StartAsync()).Dispose();
        var before = await File.ReadAllBytesAsync(_data.Database, TestContext.Current.CancellationToken);
        _disk.Remount("ro");

        var refusal = await Should.ThrowAsync<InvalidOperationException>(ServerProcess.StartAsync(_data.Path, database: null));

        refusal.Message.ShouldContain(_data.Path);
        refusal.Message.ShouldNotContain("   at ");
        (await File.ReadAllBytesAsync(_data.Database, TestContext.Current.CancellationToken)).ShouldBe(before);
        _disk.Remount("rw");
        (await StartAsync(add: false)).Dispose();
    }

    [Fact]
    [Trait("Needs", "DiskImage")]
    public async Task F4_While_the_disk_fails_under_a_running_server_reads_go_on_and_writes_are_refused_and_nothing_is_lost()
    {
        using var outside = new DataFolder();
        var image = System.IO.Path.Combine(outside.Path, "disk");
        using var disk = SmallDisk.MountImage(_data.Path, image);
        using var server = await StartAsync();
        using var http = server.Connect(0);
        var token = (await http.SignInAsync("keeper")).ShouldNotBeNull();
        var acknowledged = (await http.CreatePinAsync("before")).ShouldNotBeNull();

        disk.Fail();

        for (var i = 0; i < 3; i++)
        {
            await RefusedAsync(server);
            (await http.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
        }

        (await http.StatusAsync(HttpMethod.Get, $"/api/v2/pins/{acknowledged.Id}", "before")).ShouldBe(HttpStatusCode.OK);
        server.Kill();
        disk.Replug(image);
        using var again = await ServerProcess.StartAsync(_data.Path, database: null);
        using var after = again.Connect(0);
        (await after.UserAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await after.StatusAsync(HttpMethod.Get, $"/api/v2/pins/{acknowledged.Id}", "before")).ShouldBe(HttpStatusCode.OK);
        (await after.CreatePinAsync("after")).ShouldNotBeNull();
    }

    public void Dispose()
    {
        _disk?.Dispose();
        _data.Dispose();
    }

    private async Task<ServerProcess> StartAsync(bool add = true)
    {
        if (add)
        {
            (await ServerProcess.RunAsync(
                ["accounts", "add", "--username", "alice", "--email", "alice@example.com", "--password-stdin", "--data", _data.Path], Calls.Password + "\n")).ExitCode.ShouldBe(0);
        }

        return await ServerProcess.StartAsync(_data.Path, database: null);
    }

    /// <returns>When to come again.</returns>
    private static async Task<TimeSpan> RefusedAsync(ServerProcess server)
    {
        using var http = server.Connect(1);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/pins?strong=true");
        request.Headers.Add("X-Plex-Client-Identifier", "refused");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        return response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
    }
}
