using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli.Tests;

public sealed class ToolDirectoriesTests
{
    [Fact]
    public void On_Linux_the_XDG_directories_are_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG directories are for Linux.");
        var directories = With(("HOME", "/home/a"), ("XDG_STATE_HOME", "/s"), ("XDG_DATA_HOME", "/d"));
        directories.State.ShouldBe("/s/plexauth");
        directories.ServerData.ShouldBe("/d/plexauth/server");
    }

    [Fact]
    public void Without_them_and_where_they_are_relative_the_defaults_of_the_specification_are_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG directories are for Linux.");
        var directories = With(("HOME", "/home/a"), ("XDG_STATE_HOME", "relative"));
        directories.State.ShouldBe("/home/a/.local/state/plexauth");
        directories.ServerData.ShouldBe("/home/a/.local/share/plexauth/server");
    }

    [Fact]
    public void PLEXAUTH_HOME_holds_everything()
    {
        var directories = With(("PLEXAUTH_HOME", "/own"), ("HOME", "/home/a"), ("XDG_STATE_HOME", "/s"));
        directories.State.ShouldBe(Path.GetFullPath("/own/state"));
        directories.ServerData.ShouldBe(Path.GetFullPath("/own/server"));
    }

    [Fact]
    public void Without_any_home_the_refusal_says_what_to_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other platforms have a directory of their own.");
        Should.Throw<ToolException>(() => With().State).Message.ShouldContain("PLEXAUTH_HOME");
    }

    private static ToolDirectories With(params (string Name, string Value)[] variables) =>
        new(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
