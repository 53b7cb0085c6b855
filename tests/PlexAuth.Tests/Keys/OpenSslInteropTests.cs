using System.ComponentModel;
using System.Diagnostics;

namespace PlexAuth.Tests.Keys;

public sealed class OpenSslInteropTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plexauth-openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("genpkey -algorithm ed25519 -out {0}", "")]
    [InlineData("genpkey -algorithm ed25519 -aes256 -pass pass:secret -out {0}", "secret")]
    [InlineData("genpkey -algorithm ed25519 -aes-128-cbc -pass pass:secret -out {0}", "secret")]
    [InlineData("pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512 -in {1} -passout pass:secret -out {0}", "secret")]
    [InlineData("pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA1 -iter 5000 -in {1} -passout pass:secret -out {0}", "secret")]
    public async Task Key_made_by_openssl_signs_what_openssl_verifies(string command, string passphrase)
    {
        await RunAsync($"genpkey -algorithm ed25519 -out {At("plain")}");
        await RunAsync(string.Format(null, command, At("key"), At("plain")));
        using var key = PlexSigningKey.ImportPem(await ReadAsync("key"), passphrase);
        await WriteAsync("message", "hello"u8.ToArray());
        await WriteAsync("signature", key.Sign("hello"u8));

        (await RunAsync($"pkeyutl -verify -rawin -in {At("message")} -sigfile {At("signature")} -inkey {At("key")} -passin pass:{passphrase}"))
            .ShouldContain("Signature Verified Successfully");
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    public async Task Key_made_here_signs_in_openssl_what_verifies_here(string passphrase)
    {
        using var key = PlexSigningKey.Create();
        await WriteAsync("key", System.Text.Encoding.ASCII.GetBytes(passphrase.Length == 0 ? key.ExportPem() : key.ExportPem(passphrase)));
        await WriteAsync("message", "hello"u8.ToArray());
        await RunAsync($"pkeyutl -sign -rawin -in {At("message")} -out {At("signature")} -inkey {At("key")} -passin pass:{passphrase}");

        var signature = await File.ReadAllBytesAsync(At("signature"), TestContext.Current.CancellationToken);
        key.Verify("hello"u8, signature).ShouldBeTrue();
        (await RunAsync($"pkey -in {At("key")} -passin pass:{passphrase} -noout -check")).ShouldContain("valid");
    }

    [Fact]
    public async Task Encryption_that_is_not_read_is_named_with_the_cure()
    {
        await RunAsync($"genpkey -algorithm ed25519 -out {At("plain")}");
        await RunAsync($"pkcs8 -topk8 -scrypt -in {At("plain")} -passout pass:secret -out {At("key")}");
        var pem = await ReadAsync("key");

        Should.Throw<System.Security.Cryptography.CryptographicException>(() => PlexSigningKey.ImportPem(pem, "secret")).Message.ShouldContain("openssl pkcs8 -topk8");
    }

    private string At(string file) => Path.Combine(_folder, file);

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(At(file), TestContext.Current.CancellationToken);

    private Task WriteAsync(string file, byte[] bytes) => File.WriteAllBytesAsync(At(file), bytes, TestContext.Current.CancellationToken);

    private static async Task<string> RunAsync(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        Assert.SkipWhen(process is null, "the openssl command is not installed");
        var output = process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await errors);
        return await output + await errors;
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
