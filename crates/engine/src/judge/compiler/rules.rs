//! The rules about what rustc and PyO3's macros say, one rule a file.

mod argument_without_conversion;
mod attribute_out_of_place;
mod borrowed_from_collection;
mod call_arguments_not_a_tuple;
mod class_added_as_function;
mod class_option_alone;
mod classmethod_without_class;
mod clone_not_derived;
mod constant_exported_by_use;
mod default_of_another_type;
mod dependency_feature_missing;
mod edition_missing;
mod error_without_exception;
mod exception_made_without_new_err;
mod exception_without_prefix;
mod field_without_conversion;
mod from_py_with_quoted;
mod frozen_class_changed;
mod function_added_as_value;
mod function_takes_slf;
mod get_on_unfrozen_class;
mod guard_from_detached_code;
mod index_not_usize;
mod into_py_gone;
mod item_outside_stable_abi;
mod lifetime_of_token_missing;
mod member_behind_pointer;
mod method_without_self;
mod method_written_twice;
mod name_not_imported;
mod object_returned_by_reference;
mod object_taken_by_value;
mod parent_not_subclassable;
mod parent_out_of_reach;
mod py_cloned;
mod pyclass_missing;
mod pyfunction_missing;
mod pymodule_without_result;
mod python_type_by_value;
mod rayon_traits_not_imported;
mod reference_where_object_expected;
mod renamed_in_pyo3;
mod second_pymethods_block;
mod self_without_object;
mod str_returned_by_reference;
mod token_in_detached_code;
mod token_not_passed;
mod type_for_one_thread;
mod value_without_conversion;
mod wrapped_function_unchecked;

use super::rule::{CompilerRule, Explanation};
use super::sources::Sources;
use crate::build::CompilerError;

/// Every rule, in the order in which they are asked about an error: the first that explains it is taken.
pub(crate) static RULES: &[&CompilerRule] = &[
    &edition_missing::RULE,
    &dependency_feature_missing::RULE,
    &item_outside_stable_abi::RULE,
    &class_added_as_function::RULE,
    &function_added_as_value::RULE,
    &wrapped_function_unchecked::RULE,
    &pymodule_without_result::RULE,
    &python_type_by_value::RULE,
    &from_py_with_quoted::RULE,
    &into_py_gone::RULE,
    &renamed_in_pyo3::RULE,
    &get_on_unfrozen_class::RULE,
    &frozen_class_changed::RULE,
    &pyclass_missing::RULE,
    &parent_not_subclassable::RULE,
    &second_pymethods_block::RULE,
    &method_written_twice::RULE,
    &class_option_alone::RULE,
    &classmethod_without_class::RULE,
    &method_without_self::RULE,
    &self_without_object::RULE,
    &field_without_conversion::RULE,
    &object_returned_by_reference::RULE,
    &value_without_conversion::RULE,
    &borrowed_from_collection::RULE,
    &object_taken_by_value::RULE,
    &default_of_another_type::RULE,
    &argument_without_conversion::RULE,
    &index_not_usize::RULE,
    &exception_made_without_new_err::RULE,
    &exception_without_prefix::RULE,
    &error_without_exception::RULE,
    &call_arguments_not_a_tuple::RULE,
    &token_in_detached_code::RULE,
    &guard_from_detached_code::RULE,
    &type_for_one_thread::RULE,
    &parent_out_of_reach::RULE,
    &function_takes_slf::RULE,
    &py_cloned::RULE,
    &reference_where_object_expected::RULE,
    &token_not_passed::RULE,
    &clone_not_derived::RULE,
    &rayon_traits_not_imported::RULE,
    &member_behind_pointer::RULE,
    &name_not_imported::RULE,
    &attribute_out_of_place::RULE,
    &pyfunction_missing::RULE,
    &constant_exported_by_use::RULE,
    &lifetime_of_token_missing::RULE,
    &str_returned_by_reference::RULE,
];

/// The mistake behind an error, if a rule knows it.
pub(super) fn explain(error: &CompilerError, sources: &Sources<'_>) -> Option<Explanation> {
    RULES.iter().find_map(|rule| rule.explain(error, sources))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_names_the_versions_that_its_rule_holds_for() {
        for rule in RULES {
            let page = rule.rule.page().markdown;
            let line = rule.holds_for();
            assert!(
                page.lines().any(|one| one == line),
                "{}: write `{line}` before `## Example`",
                rule.rule.name()
            );
        }
    }

    #[test]
    fn every_code_is_used_once() {
        let mut codes: Vec<&str> = RULES.iter().map(|one| one.rule.code().as_str()).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
