using System.Reflection;
using System.Text.RegularExpressions;

namespace PlexAuth.Tests;

/// <summary>The documents in the repository say what is so.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file)),
    ];

    public static TheoryData<string> ExceptionTypes =>
        [.. typeof(PlexException).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(PlexException)) && !type.IsAbstract).Select(type => type.Name)];

    public static TheoryData<string> ErrorCodes =>
    [
        .. typeof(PlexErrorCode).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(code => $"| {(PlexErrorCode)code.GetValue(null)!} |")
            .Concat(typeof(PlexErrorCode).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(code => $"| `{code.Name}` |")),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        var targets = Link().Matches(File.ReadAllText(Path.Combine(Root, document))).Select(match => match.Groups["target"].Value);

        targets.Where(target => !Path.Exists(Path.Combine(folder, target))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(ExceptionTypes))]
    public void Every_exception_is_in_the_table_of_errors(string type) => Errors().ShouldContain($"`{type}`");

    [Theory, MemberData(nameof(ErrorCodes))]
    public void Every_error_code_is_in_the_table_of_errors(string cell) => Errors().ShouldContain(cell);

    private static string Errors() => File.ReadAllText(Path.Combine(Root, "docs", "errors.md"));

    [GeneratedRegex(@"\]\((?![a-z]+:)(?<target>[^)#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PlexAuth.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run these tests from within the repository: the documents are there.");
        return folder.FullName;
    }
}
