using System.Text.Json;
using PlexAuth.Server;

namespace PlexAuth.Recipes.Tests;

/// <summary>The guide to testing is run as it stands.</summary>
public sealed class GuideTests
{
    [Fact]
    public void The_recipe_for_NET_is_the_one_that_is_compiled_and_run_here() =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "PlexAuth.Recipes.Tests", "DotNetRecipe.cs")).ShouldBe(Repository.Recipes["DotNetRecipe.cs"]);

    [Fact]
    public async Task The_recipe_for_a_shell_runs()
    {
        SkipWithout("curl");
        using var folder = new RecipeFolder();
        await folder.RunAsync("sh", "curl.sh");
    }

    [Fact]
    public async Task The_recipe_for_Python_runs()
    {
        SkipWithout("python3");
        using var folder = new RecipeFolder();
        try
        {
            await folder.RunAsync("python3", "-c", "import requests");
        }
        catch (ShouldAssertException)
        {
            Assert.Skip("Needs Python's requests: apt-get install python3-requests.");
        }

        await folder.RunAsync("python3", "-m", "unittest", "-v", "test_plex");
    }

    [Fact]
    public async Task The_recipe_for_Node_runs()
    {
        SkipWithout("node");
        var modules = Path.Combine(Repository.Root, "tests", "interop", "node_modules");
        Assert.SkipUnless(Directory.Exists(modules), "Run `npm ci` in tests/interop first.");
        using var folder = new RecipeFolder();
        folder.LinkNodeModules(modules);
        await folder.RunAsync("node", "--test", "plex.test.mjs");
    }

    [Fact]
    public void Every_program_in_the_guide_has_a_test() =>
        Repository.Recipes.Keys.ShouldBe(["DotNetRecipe.cs", "curl.sh", "seed.json", "test_plex.py", "plex.test.mjs"], ignoreOrder: true);

    [Theory]
    [InlineData("", typeof(PlexSeed))]
    [InlineData("account", typeof(PlexSeedAccount))]
    [InlineData("home", typeof(PlexSeedHome))]
    [InlineData("server", typeof(PlexSeedServer))]
    [InlineData("connection", typeof(PlexSeedConnection))]
    public void The_schema_of_seeds_names_what_seeds_have(string definition, Type type)
    {
        var schema = JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "seed.schema.json")));
        var described = definition.Length == 0 ? schema : schema.GetProperty("$defs").GetProperty(definition);

        described.GetProperty("properties").EnumerateObject().Select(property => property.Name.TrimStart('$'))
            .ShouldBe(type.GetProperties().Where(property => property.GetMethod!.IsStatic is false).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)), ignoreOrder: true);
    }

    private static void SkipWithout(string tool) => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))), $"Needs {tool} on the PATH.");
}
