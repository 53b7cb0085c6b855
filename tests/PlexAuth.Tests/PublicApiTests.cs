using System.Runtime.CompilerServices;

namespace PlexAuth.Tests;

/// <summary>The public surface is a file, so that a change of it is seen.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_committed_one() =>
        PublicSurface.ShouldBeTheCommittedOne(typeof(PlexClient).Assembly, Path.Combine(SourceFolder(), "PublicApi.txt"));

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
