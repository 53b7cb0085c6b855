using System.Security.Cryptography;

namespace PlexAuth.Tests.Keys;

[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const double LimitMebibytes = 4;

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1777636800);

    [Fact]
    public void A_hundred_thousand_mixed_operations_leave_memory_as_it_was()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the resident size from /proc");
        Run(20_000);

        // A leak grows in every round; what the runtime itself takes now and then does not.
        var least = double.MaxValue;
        for (var round = 0; round < 4 && least >= LimitMebibytes; round++)
        {
            var before = ResidentMebibytes();
            Run(100_000);
            least = Math.Min(least, ResidentMebibytes() - before);
        }

        least.ShouldBeLessThan(LimitMebibytes, "one leaked handle per operation would be 20 MiB or more");
    }

    private static void Run(int operations)
    {
        using var key = PlexSigningKey.Create();
        var jwt = PlexJwt.Create(key, PlexJwtClaims.ForDevice("c", Now, "n")).Token.Reveal();
        var bad = jwt[..^4] + "AAAA";
        for (var i = 0; i < operations; i++)
            Operate(i % 5, key, jwt, bad);
    }

    private static void Operate(int kind, PlexSigningKey key, string jwt, string bad)
    {
        switch (kind)
        {
            case 0: key.Sign("data"u8); break;
            case 1: PlexJwt.Verify(jwt, [key.PublicKey], PlexJwtRules.ForDevice("c"), Now).IsValid.ShouldBeTrue(); break;
            case 2: PlexJwt.Verify(bad, [key.PublicKey], PlexJwtRules.ForDevice("c"), Now).Status.ShouldBe(PlexJwtStatus.WrongSignature); break;
            case 3: PlexSigningKey.ImportPem(key.ExportPem()).Dispose(); break;
            default: Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----")); break;
        }
    }

    private static double ResidentMebibytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], null) / 1024;
    }
}
