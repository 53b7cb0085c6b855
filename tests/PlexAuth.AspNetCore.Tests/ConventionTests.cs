using System.Reflection;
using System.Runtime.CompilerServices;

namespace PlexAuth.AspNetCore.Tests;

public sealed class ConventionTests
{
    private static readonly Type[] Types = [.. typeof(PlexOptions).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)];

    [Fact]
    public void Public_types_start_with_Plex() => Types.Where(type => type.IsPublic).ShouldAllBe(type => type.Name.StartsWith("Plex", StringComparison.Ordinal));

    [Fact]
    public void Extensions_are_found_without_a_using_and_all_else_is_in_one_namespace()
    {
        foreach (var type in Types.Where(type => type.IsPublic))
        {
            var isExtension = type.IsDefined(typeof(ExtensionAttribute), inherit: false);
            type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal).ShouldBe(isExtension, type.Name);
            if (!isExtension)
                type.Namespace.ShouldBe("PlexAuth.AspNetCore");
        }
    }

    [Fact]
    public void Classes_are_sealed_but_for_those_that_applications_derive_from() =>
        Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).ShouldBe([typeof(PlexEvents)]);
}
