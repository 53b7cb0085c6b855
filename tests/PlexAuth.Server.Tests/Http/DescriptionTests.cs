using System.Text.Json;

namespace PlexAuth.Server.Tests.Http;

/// <summary>The OpenAPI document against what the server does.</summary>
public sealed class DescriptionTests(HostedServer server) : IClassFixture<HostedServer>
{
    [Fact]
    public async Task Every_variable_part_of_a_path_is_declared()
    {
        foreach (var (path, operation) in (await PathsAsync()).EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => (path.Name, verb.Value))))
        {
            var parameters = operation.TryGetProperty("parameters", out var declared) ? declared.EnumerateArray() : default;
            parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => $"{{{parameter.GetProperty("name").GetString()}}}")
                .ShouldBe(path.Split('/').Where(part => part.StartsWith('{')), path);
        }
    }

    [Theory]
    [InlineData("/api/v2/pins", "post", "201 400 415 422 429")]
    [InlineData("/api/v2/pins/{id}", "get", "200 400 404 422 429 498")]
    [InlineData("/api/v2/pins/link", "put", "204 400 401 403 404 415 429")]
    [InlineData("/api/v2/pins/qr/{code}", "get", "200 404")]
    [InlineData("/pins", "post", "201 400 415 422 429")]
    [InlineData("/pins/{id}", "get", "200 400 404 429")]
    public async Task Each_route_of_a_pin_says_what_it_does_and_answers(string path, string verb, string answers)
    {
        var operation = (await PathsAsync()).GetProperty(path).GetProperty(verb);

        operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
        operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).ShouldBe(answers.Split(' '));
    }

    [Theory]
    [InlineData("/api/v2/pins")]
    [InlineData("/pins")]
    public async Task A_pin_has_the_members_that_are_described(string path)
    {
        var described = (await PathsAsync()).GetProperty(path).GetProperty("post").GetProperty("responses").GetProperty("201").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema");
        var made = await server.SendAsync(HttpMethod.Post, path, headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "described")]);

        Names(JsonElement.Parse(made.Body)).ShouldBe(DescribedNames(described), ignoreOrder: true);
    }

    private static IEnumerable<string> Names(JsonElement json) =>
        json.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? Names(member.Value).Prepend(member.Name) : [member.Name]);

    private static IEnumerable<string> DescribedNames(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().SelectMany(member => member.Value.TryGetProperty("properties", out _) ? DescribedNames(member.Value).Prepend(member.Name) : [member.Name]);

    private async Task<JsonElement> PathsAsync() => JsonElement.Parse((await server.GetAsync("/openapi/v1.json")).Body).GetProperty("paths");
}
