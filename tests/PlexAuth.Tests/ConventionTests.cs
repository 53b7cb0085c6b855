using System.Reflection;
using System.Runtime.CompilerServices;

namespace PlexAuth.Tests;

public sealed class ConventionTests
{
    private static readonly Type[] Types = [.. typeof(PlexClient).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)];
    private static readonly Type[] Public = [.. Types.Where(type => type.IsPublic)];

    [Fact]
    public void Public_types_start_with_Plex_and_live_in_the_one_namespace()
    {
        foreach (var type in Public)
        {
            type.Name.ShouldStartWith("Plex");
            type.Namespace.ShouldBe("PlexAuth");
        }
    }

    [Fact]
    public void What_is_in_Internal_is_internal() =>
        Types.Where(type => type.Namespace?.StartsWith("PlexAuth.Internal", StringComparison.Ordinal) == true && type.IsVisible).ShouldBeEmpty();

    [Fact]
    public void Only_a_class_that_another_derives_from_is_not_sealed() =>
        Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !Types.Any(other => other.BaseType == type)).ShouldBeEmpty();

    [Fact]
    public void Methods_that_return_tasks_end_in_Async_and_take_a_cancellation_token_last()
    {
        foreach (var method in Public.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            // Its signature is the platform's.
            if (method.Name == nameof(IAsyncDisposable.DisposeAsync))
                continue;
            if (!typeof(Task).IsAssignableFrom(method.ReturnType) && method.ReturnType.Name is not ("ValueTask" or "ValueTask`1"))
                continue;

            method.Name.ShouldEndWith("Async");
            method.GetParameters()[^1].ShouldSatisfyAllConditions(last => last.ParameterType.ShouldBe(typeof(CancellationToken)), last => last.Name.ShouldBe("cancellationToken"));
        }
    }

    [Fact]
    public void A_last_argument_of_null_means_one_overload_alone()
    {
        var methods = Public.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)).ToList();
        var pairs = from one in methods from other in methods where one != other && one.DeclaringType == other.DeclaringType && one.Name == other.Name select (one, other);

        pairs.Where(pair => NullMeansBoth(pair.one, pair.other)).ShouldBeEmpty();
    }

    [Fact]
    public void Secrets_have_types_that_do_not_show_them()
    {
        string[] secretWords = ["token", "secret", "password", "pin", "verificationcode"];
        foreach (var property in Public.SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(string)))
            secretWords.ShouldNotContain(word => property.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase), $"{property.DeclaringType}.{property.Name}");
    }

    private static bool NullMeansBoth(MethodInfo one, MethodInfo other)
    {
        var (ones, others) = (one.GetParameters(), other.GetParameters());
        var same = ones.Zip(others).TakeWhile(pair => pair.First.ParameterType == pair.Second.ParameterType).Count();
        return MayEndWithNull(ones, same) && MayEndWithNull(others, same) && PriorityOf(one) == PriorityOf(other)
            && !ones[same].ParameterType.IsAssignableTo(others[same].ParameterType) && !others[same].ParameterType.IsAssignableTo(ones[same].ParameterType);
    }

    private static bool MayEndWithNull(ParameterInfo[] parameters, int last) =>
        last < parameters.Length && !parameters[last].ParameterType.IsValueType && parameters.Skip(last + 1).All(parameter => parameter.IsOptional);

    private static int PriorityOf(MethodInfo method) => method.GetCustomAttribute<OverloadResolutionPriorityAttribute>()?.Priority ?? 0;
}
