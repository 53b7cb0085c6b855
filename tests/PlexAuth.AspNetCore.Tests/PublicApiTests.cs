using System.Runtime.CompilerServices;
using PlexAuth.Tests;

namespace PlexAuth.AspNetCore.Tests;

/// <summary>The public surface is a file, so that a change of it is seen.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_committed_one() =>
        PublicSurface.ShouldBeTheCommittedOne(typeof(PlexOptions).Assembly, Path.Combine(SourceFolder(), "PublicApi.txt"));

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
