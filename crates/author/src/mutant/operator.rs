//! Replaces an operator, or leaves out a statement, on the lines that the learner writes.

use std::collections::BTreeSet;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, ExprIf, ExprMacro, ExprUnary, Stmt, UnOp};

use super::{Edit, Mutant, line_of};
use crate::rust_source::{Function, range};

pub(super) fn of(function: &Function<'_>, solution: &str, given: &BTreeSet<&str>) -> Vec<Mutant> {
    let mut operators = Operators {
        function,
        solution,
        given,
        found: Vec::new(),
    };
    operators.visit_block(function.block);
    operators.found
}

struct Operators<'o> {
    function: &'o Function<'o>,
    solution: &'o str,
    /// The lines already in the starter, without surrounding spaces.
    given: &'o BTreeSet<&'o str>,
    found: Vec<Mutant>,
}

impl Operators<'_> {
    fn add(&mut self, at: std::ops::Range<usize>, text: &str, what: &str) {
        let before = &self.solution[..at.start];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.solution[start..];
        let line = rest.lines().next().unwrap_or_default().trim();
        if at.is_empty() || self.given.contains(line) {
            return;
        }
        self.found.push(Mutant {
            name: format!("{}: {what} in `{line}`", self.function.path),
            line: line_of(self.solution, at.start),
            rank: 2,
            edits: vec![Edit {
                range: at,
                text: text.to_owned(),
            }],
        });
    }
}

impl<'ast> Visit<'ast> for Operators<'_> {
    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        visit::visit_expr_binary(self, node);
        let at = range(&node.op);
        let present = self.solution.get(at.clone()).unwrap_or_default().to_owned();
        for other in others(&node.op) {
            self.add(at.clone(), other, &format!("`{other}` for `{present}`"));
        }
    }

    fn visit_expr_unary(&mut self, node: &'ast ExprUnary) {
        visit::visit_expr_unary(self, node);
        if matches!(node.op, UnOp::Not(_)) {
            self.add(node.op.span().byte_range(), "", "no `!`");
        }
    }

    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        visit::visit_expr_if(self, node);
        // The branch needs what the condition matches.
        if matches!(*node.cond, syn::Expr::Let(_)) || has_let(&node.cond) {
            return;
        }
        // Comparisons have their own mutants.
        if !matches!(*node.cond, syn::Expr::Binary(_)) {
            let at = range(&node.cond);
            self.add(at.clone(), "true", "`if true`");
            self.add(at, "false", "`if false`");
        }
    }

    fn visit_stmt(&mut self, node: &'ast Stmt) {
        visit::visit_stmt(self, node);
        // A statement executed only for its effect: it has no value, so the rest still compiles.
        let Stmt::Expr(expression, end) = node else {
            return;
        };
        let has_effect = match expression {
            Expr::If(branch) => branch.else_branch.is_none(),
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => true,
            Expr::Call(_) | Expr::MethodCall(_) | Expr::Try(_) | Expr::Assign(_) => end.is_some(),
            Expr::Binary(binary) => end.is_some() && is_assignment(&binary.op),
            _ => false,
        };
        let at = range(node);
        if has_effect {
            self.add(at, "", "not done");
        }
    }

    fn visit_expr_macro(&mut self, _: &'ast ExprMacro) {
        // Its tokens mean whatever the macro makes of them.
    }
}

fn has_let(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

fn is_assignment(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_)
    )
}

/// What an operator might be mistaken for.
fn others(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Add(_) => &["-"],
        BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => &["+"],
        BinOp::AddAssign(_) => &["-="],
        BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_) => &["+="],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["<=", ">"],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<"],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use crate::mutants;

    fn check(body: &str, expect: &[&str]) {
        let solution = format!("fn f(a: A) -> Opaque {{\n{body}\n}}");
        let found: Vec<String> = mutants("fn f(a: A) -> Opaque { todo!() }", &solution)
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_statement_is_left_out() {
        check(
            "a.b();\na.c += 1;\nlet d = a.e();\nd",
            &[
                "f: not done in `a.b();`",
                "f: `-=` for `+=` in `a.c += 1;`",
                "f: not done in `a.c += 1;`",
            ],
        );
    }

    #[test]
    fn one_operator_replaces_another() {
        check(
            "a < b && c",
            &[
                "f: `<=` for `<` in `a < b && c`",
                "f: `>` for `<` in `a < b && c`",
                "f: `||` for `&&` in `a < b && c`",
            ],
        );
        check(
            "if !a.b() { c } else { d }",
            &[
                "f: no `!` in `if !a.b() { c } else { d }`",
                "f: `if true` in `if !a.b() { c } else { d }`",
                "f: `if false` in `if !a.b() { c } else { d }`",
            ],
        );
        check(
            "if let Some(x) = a { x }",
            &["f: not done in `if let Some(x) = a { x }`"],
        );
        check(
            "a + b + c",
            &[
                "f: `-` for `+` in `a + b + c`",
                "f: `-` for `+` in `a + b + c` (2)",
            ],
        );
    }
}
